"""A document of `Everything`, in canonical form."""

EVERYTHING = (
    '{"Text":"a\\u0001\\"b\\\\é😀","Number":-5,"big":123456789012345678901234567890,"ratio":1.5,"price":1.50,'
    '"quoted":"0.10","flag":true,"when":"2025-11-24T10:45:01.4007824+00:00","day":"2025-01-01",'
    '"clock":"10:00:00Z","span":"PT1H","key":"00000000-0000-0000-0000-00000000000a","blob":"AAEC","hexed":"00ff",'
    '"colour":"blue","state":10,"fixed":"x","part":{"a":1},"nullable":null,"parts":[{"a":1,"b":"x"},{"a":2}],'
    '"words":["a","b"],"holes":[1,null],"pairs":{"x":1},"by state":{"Done":1,"7":2},"couple":[1,"x"],'
    '"anything":{"q":[1,2.50,null,"x",1E+3]},"either":{"a":5},"optional":3,"tri":null,"sku":"A-1"}'
)
