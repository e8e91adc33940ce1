"""Beginning of a port in Python: `bindwright conform --kit . -- python adapters/python.py`."""
import json, pathlib, sys

def transcode(ir, request):
    # Read request["input"] (text, or {"base64": …}) of request["from"] as the type, write it in each of request["to"].
    kind = ir["types"][request["type"]]["kind"]
    return {"skipped": f"{request['from']} of {kind} is not there yet"}  # a wrong document: {"refused": "decode"}

ir = None
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "bye":
        break
    try:
        if request["do"] == "hello":
            ir = json.loads(pathlib.Path(request["ir"]).read_bytes())
            answer = {"port": "my port 0.1", "protocol": 1, "formats": ["json", "xml"], "features": []}
        else:
            answer = transcode(ir, request) if request["do"] == "transcode" else {"skipped": request["do"]}
    except Exception as error:
        answer = {"broken": repr(error)}
    print(json.dumps({"id": request["id"], **answer}), flush=True)
