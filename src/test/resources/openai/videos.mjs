// Drives OpenAI's own SDK for JavaScript, unmodified, against the relay of a test, and prints what
// it saw as one JSON object. Only base URL, key and model are ours.
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import OpenAI, { toFile } from 'openai';

const client = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.KEY });
const seen = {};

async function ended(video) {
  for (let poll = 0; poll < 300 && ['queued', 'in_progress'].includes(video.status); poll++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    video = await client.videos.retrieve(video.id);
  }
  return video;
}

async function failed(call) {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return `${error.constructor.name} ${error.status} ${error.code}`;
  }
}

const sort = { model: 'sandbox-video', seconds: '1', size: '854x480' };
const created = await client.videos.create({ ...sort, prompt: '[instant] a fox' });
const done = await ended(created);
seen.created = created;
seen.done = done;
const content = await client.videos.downloadContent(done.id);
await writeFile(process.env.FILE, Buffer.from(await content.arrayBuffer()));
seen.contentType = content.headers.get('content-type');

const picture = { image_url: 'https://a.example/fox.png' };
const pictured = await client.videos.create({ ...sort, prompt: '[instant] b', input_reference: picture });
seen.pictured = (await ended(pictured)).status;

const stream = createReadStream(process.env.PICTURE);
const streamed = await client.videos.create({ ...sort, prompt: '[instant] c', input_reference: stream });
const bytes = await toFile(Buffer.from(process.env.PNG, 'base64'), 'fox.png', { type: 'image/png' });
const named = await client.videos.create({ ...sort, prompt: '[instant] d', input_reference: bytes });
seen.filed = [(await ended(streamed)).status, (await ended(named)).status];

const remix = await ended(await client.videos.remix(done.id, { prompt: '[instant] in snow' }));
seen.remix = [remix.status, remix.remixed_from_video_id];

seen.listed = [];
for await (const video of client.videos.list({ limit: 2, order: 'asc' })) {
  seen.listed.push(video.id);
}
seen.made = [created.id, pictured.id, streamed.id, named.id, remix.id];

seen.deleted = await client.videos.delete(done.id);
const bound = client.withOptions({ apiKey: process.env.BOUND_KEY });
const once = client.withOptions({ maxRetries: 0 });
const keyed = { headers: { 'Idempotency-Key': 'node-1' } };
await client.videos.create({ ...sort, prompt: '[instant] e' }, keyed);
seen.errors = {
  notAllowed: await failed(() => bound.videos.create({ prompt: 'x', model: 'sora-2' })),
  otherwise: await failed(() => client.videos.create({ ...sort, prompt: '[instant] f' }, keyed)),
  unserved: await failed(() => once.videos.create({ prompt: 'x', model: 'nobody-makes-it', seconds: '4' })),
  noMoney: await failed(() => once.withOptions({ apiKey: process.env.POOR_KEY }).videos.create({ prompt: 'x', model: 'sora-2', seconds: '12' })),
  gone: await failed(() => client.videos.retrieve(done.id)),
  badField: await failed(() => client.videos.create({ ...sort, prompt: 'x', seconds: '99' })),
  noModel: await failed(() => client.videos.create({ prompt: 'x', model: 'no-model' })),
  badKey: await failed(() => client.withOptions({ apiKey: 'wrong' }).videos.list()),
  extend: await failed(() => client.videos.extend({ prompt: 'x', seconds: '4', video: { id: done.id } })),
};
console.log(JSON.stringify(seen));
