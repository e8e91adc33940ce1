// Documents that deviate from a layout that was learnt are read as if nothing had been learnt; prints those that are not.
import { datacontract, dateTime, fromXml, int32, int64, list, nullable, object, optional, string, boolean, toXml } from '../../codegen/bindwright/targets/typescript/runtime/index.js';

const namespace = 'urn:jobs';
const job = () => object(
  { Id: int32, Count: int64, Name: nullable(string), Note: optional(string), Start: nullable(dateTime), Done: boolean },
  { profile: datacontract, name: 'Job', namespace, nil: true, elements: ['Count', 'Done', 'Id', 'Name', 'Note', 'Start'] },
);
const jobs = () => list(job(), { profile: datacontract, name: 'Jobs', namespace, item: 'Job' });
const value = { Id: 1, Count: 2n, Name: 'a', Start: '2024-02-29T10:00:00Z', Done: true };
const values = [value, { ...value, Id: -2, Name: null, Note: 'b & c', Start: null }, { ...value, Id: 3, Name: '' }];

const changes = [
  (text) => text, (text) => text.replace('<Id>', '\n <Id>\t').replace('</Jobs>', '\n</Jobs>\n'), (text) => text.replace('<Id>1<', '<Id>0x1<'), (text) => text.replace('>1<', '>2147483648<'), (text) => text.replace('>1<', '>+01<'),
  (text) => text.replace('>1<', '>-0<'), (text) => text.replace('>2<', '>9223372036854775807<'), (text) => text.replace('>a<', '>&lt;&#65;<'), (text) => text.replace('>a<', '>&nowhere;<'), (text) => text.replace('>a<', '>&<'), (text) => text.replace('>a<', '>]]><'),
  (text) => text.replace('>a<', '>\u0001<'), (text) => text.replace('>a<', '>\r\n<'), (text) => text.replace('>a<', '>\u{1F600}<'), (text) => text.replace('>a<', '> a <'), (text) => text.replace('>a<', '><![CDATA[<a>]]><'), (text) => text.replace('>a<', '>a<!-- c -->b<'),
  (text) => text.replace('02-29', '02-30'), (text) => text.replace('10:00', '25:00'), (text) => text.replace('>true<', '>1<'), (text) => text.replace('>true<', '>True<'), (text) => text.replace('<Done>', '<x/><Done>'), (text) => text.replace('<Done>', '<Done a="1">'),
  (text) => text.replace('<Done>true</Done>', ''), (text) => text.replace('<Done>true</Done>', '<Done>true</Done><Done>true</Done>'), (text) => text.replace(/(<Done>.*?<\/Done>)(<Id>.*?<\/Id>)/, '$2$1'), (text) => text.replace('<Id>1</Id>', '<Id i:nil="true" />'),
  (text) => text.replace('<Name>a</Name>', '<Name i:nil="true"/>'), (text) => text.replace('<Name>a</Name>', '<Name/>'), (text) => text.replace('<Name>a</Name>', '<Note i:nil="true" />'), (text) => text.replace('urn:jobs', 'urn:job'), (text) => text.replace(/Job>/g, 'Jo>'), (text) => `${text}x`,
  (text) => `${text}<!-- end -->`, (text) => text.slice(0, -1), (text) => `<?xml version="1.0"?>${text}`, (text) => text.replace('>a<', '>a\u00a0<').replace('</Id>', '</Id>\u00a0'), (text) => text.replace(/>[^<]*<\/Name>/, '>b</Name>text'),
];

const outcome = (codec, text) => {
  try {
    return toXml(codec, fromXml(codec, text)) + JSON.stringify(fromXml(codec, text), (_, part) => (typeof part === 'bigint' ? `${part}n` : part));
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
const wrong = [];
for (const [make, sample] of [[job, value], [jobs, values]]) {
  for (const change of changes) {
    const learnt = make();
    const text = toXml(learnt, sample);
    for (let turn = 0; turn < 6; turn++) fromXml(learnt, text);
    const [expected, actual] = [outcome(make(), change(text)), outcome(learnt, change(text))];
    if (expected !== actual) wrong.push([change(text), expected, actual]);
  }
}
console.log(JSON.stringify(wrong));
