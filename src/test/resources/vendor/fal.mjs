// fal's own client, unmodified. It knows no base URL: fetch takes its calls to the queue elsewhere.
import { createFalClient } from "@fal-ai/client";
const queue = "https://queue.fal.run";
const fal = createFalClient({
  credentials: process.env.KEY,
  fetch: (url, init) => fetch(String(url).replace(queue, process.env.BASE_URL), init),
});
const done = await fal.subscribe(process.env.MODEL, {
  input: { prompt: "a fox", duration: "8s", aspect_ratio: "16:9", resolution: "720p" },
  pollInterval: 200,
});
const file = await fetch(done.data.video.url);
console.log(JSON.stringify({
  type: file.headers.get("content-type"),
  bytes: (await file.arrayBuffer()).byteLength,
}));
