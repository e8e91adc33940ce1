// What has to compile, and, behind `@ts-expect-error`, what must not.
import { datacontract, fromJson, headers, int32, int64, lazy, list, nodes, nullable, object, operation, optional, string, toXml, union, within, type CallOptions, type Codec, type Operation, type ReadHeaders, type Unlisted } from 'runtime';

interface Job {
  Id: number;
  Count: bigint;
  Status: string | null;
  Note?: string;
  constructor?: string;
  Inner?: Job | null;
}

export const Job: Codec<Job> = /* @__PURE__ */ object<Job>(
  { Id: int32, Count: int64, Status: nullable(string), Note: optional(string), constructor: optional(string), Inner: optional(nullable(lazy(() => Job))) },
  { profile: datacontract, name: 'Job', namespace: 'urn:j', nil: true, elements: nodes(['Count', 'Id', { of: 'Inner', nil: true }, 'Note', 'Status']) },
);
export const jobs: Codec<Job[]> = list(Job);
export const job: Job = fromJson(Job, '{}');
export const text: string = toXml(Job, { ...job, Id: 2 });

// @ts-expect-error null is a value of Status
object<Job>({ Id: int32, Count: int64, Status: string, Note: optional(string), constructor: optional(string), Inner: optional(nullable(lazy(() => Job))) });
// @ts-expect-error Id is never null
object<Job>({ Id: nullable(int32), Count: int64, Status: nullable(string), Note: optional(string), constructor: optional(string), Inner: optional(nullable(lazy(() => Job))) });
// @ts-expect-error Note may be absent
object<Job>({ Id: int32, Count: int64, Status: nullable(string), Note: string, constructor: optional(string), Inner: optional(nullable(lazy(() => Job))) });
// @ts-expect-error Id is always there
object<Job>({ Id: optional(int32), Count: int64, Status: nullable(string), Note: optional(string), constructor: optional(string), Inner: optional(nullable(lazy(() => Job))) });
// @ts-expect-error all digits of Count matter
object<Job>({ Id: int32, Count: int32, Status: nullable(string), Note: optional(string), constructor: optional(string), Inner: optional(nullable(lazy(() => Job))) });
// @ts-expect-error a member is missing
object<Job>({ Id: int32 });
// @ts-expect-error absence is not undefined
toXml(Job, { ...job, Note: undefined });
// @ts-expect-error no Job
toXml(Job, { Id: 1 });
// @ts-expect-error a list of another type
export const texts: Codec<string[]> = list(int32);

export const heads: ReadHeaders<{ 'X-A': bigint; 'X-B'?: string }> = headers({ 'X-A': int64, 'X-B': optional(string) });
// @ts-expect-error a header that may be absent
export const absent: ReadHeaders<{ 'X-B'?: string }> = headers({ 'X-B': string });
// @ts-expect-error a header of another type
export const another: ReadHeaders<{ 'X-A': bigint }> = headers({ 'X-A': string });

interface Cat {
  kind: 'cat';
  lives: number;
}
interface Dog {
  kind: 'dog';
  bark?: string;
}
type Pet = Cat | Dog | Unlisted<'kind'>;
declare const cat: Codec<Cat>, dog: Codec<Dog>;
export const Pet: Codec<Pet> = /* @__PURE__ */ union<Pet>([cat, dog], { discriminator: 'kind', mapping: { cat: 0, dog: 1 } });
export function lives(pet: Pet): number {
  switch (pet.kind) {
    case 'cat':
      return pet.lives;
    case 'dog':
      // @ts-expect-error a dog has none
      return pet.lives;
    default:
      return 0;
  }
}

export const unstored: CallOptions = { cache: 'no-store', signal: within(5000) };
// @ts-expect-error the operation says the method
export const posted: CallOptions = { method: 'POST' };
export const getJob: Operation<{ id: number }, Job, { 404: undefined; 422: { title: string } }> = /* @__PURE__ */ operation('GET', () => '/', { 200: Job });
export async function raw(): Promise<string | bigint> {
  const answer = await getJob.raw({ base: '', formats: [] }, { id: 1 });
  // @ts-expect-error an argument of another type
  await getJob({ base: '', formats: [] }, { id: '1' });
  if (answer.ok) return answer.body.Count;
  return answer.status === 422 ? answer.body.title : '';
}
