// Replicate's own client, unmodified, at another base URL.
import Replicate from "replicate";
import { refusal, seen } from "./seen.mjs";

const make = async ({ replicate: lab }, prompt, more) => {
  const replicate = new Replicate({ auth: lab.key, baseUrl: lab.baseUrl });
  const made = await replicate.predictions.create({
    model: lab.model,
    input: { prompt, duration: 5, aspect_ratio: "16:9", resolution: "720p", ...more },
  });
  const done = await replicate.wait(made, { interval: 200 });
  const page = await replicate.predictions.list();
  if (!page.results.some((one) => one.id === made.id)) throw new Error("not in the list");
  if (done.status !== "succeeded") throw new Error(`${done.status}: ${done.error}`);
  return seen(await fetch(done.output));
};

export const clients = {
  replicate: {
    text: (lab, prompt) => make(lab, prompt),
    picture: (lab, prompt) => make(lab, prompt, { image: lab.picture }),
    refused: (lab, prompt) => refusal(() => make(lab, prompt, { duration: "five" })),
    failed: (lab, prompt) => refusal(() => make(lab, `${prompt} [content]`)),
  },
};
