// Replicate's own client, unmodified, makes a video at another base URL.
import Replicate from "replicate";
const replicate = new Replicate({ auth: process.env.KEY, baseUrl: process.env.BASE_URL });
const made = await replicate.predictions.create({
  model: process.env.MODEL,
  input: { prompt: "a fox", duration: 5, aspect_ratio: "16:9", resolution: "720p" },
});
const done = await replicate.wait(made, { interval: 200 });
const page = await replicate.predictions.list();
const file = await fetch(done.output);
console.log(JSON.stringify({
  status: done.status,
  listed: page.results.some((one) => one.id === made.id),
  type: file.headers.get("content-type"),
  bytes: (await file.arrayBuffer()).byteLength,
}));
