// fal's own client, unmodified. It knows no base URL: fetch takes its calls to the queue elsewhere.
import { createFalClient } from "@fal-ai/client";
import { refusal, seen } from "./seen.mjs";

const QUEUE = "https://queue.fal.run";

const make = async ({ fal: lab }, prompt, model, more) => {
  const fal = createFalClient({
    credentials: lab.key,
    fetch: (url, init) => fetch(String(url).replace(QUEUE, lab.baseUrl), init),
  });
  const done = await fal.subscribe(model ?? lab.model, {
    input: { prompt, duration: "8s", aspect_ratio: "16:9", resolution: "720p", ...more },
    pollInterval: 200,
  });
  return seen(await fetch(done.data.video.url));
};

export const clients = {
  fal: {
    text: (lab, prompt) => make(lab, prompt),
    picture: (lab, prompt) =>
      make(lab, prompt, `${lab.fal.model}/image-to-video`, { image_url: lab.picture }),
    refused: (lab, prompt) => refusal(() => make(lab, prompt, undefined, { duration: 8 })),
    failed: (lab, prompt) => refusal(() => make(lab, `${prompt} [content]`)),
  },
};
