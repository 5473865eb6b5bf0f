// Runway's own client, unmodified, at another base URL, with its own way to wait for a task.
import RunwayML from "@runwayml/sdk";
import { refusal, seen } from "./seen.mjs";

const client = ({ runway: lab }) =>
  new RunwayML({ apiKey: lab.key, baseURL: lab.baseUrl, maxRetries: 0 });

// It waits six seconds between two looks, and that cannot be set; a job of the lab is done by then.
const finish = async (created) => {
  const task = await created.waitForTaskOutput();
  return seen(await fetch(task.output[0]));
};

const text = (lab, promptText, more) =>
  client(lab).textToVideo.create({
    model: "gen4.5", promptText, ratio: "1280:720", duration: 5, seed: 7, ...more });

const seedance = (lab, promptText) =>
  text(lab, promptText, {
    model: "seedance2_5",
    ratio: "1470:630",
    audio: false,
    references: [{ uri: lab.picture }],
    referenceVideos: [{ type: "video", uri: lab.picture.replace("png", "mp4") }],
  });

const picture = (lab, promptText, more) =>
  client(lab).imageToVideo.create({
    model: "gen4_turbo", promptText, promptImage: lab.picture, ratio: "960:960", duration: 5,
    ...more });

const frames = (lab, promptText) =>
  picture(lab, promptText, {
    model: "veo3.1",
    promptImage: [
      { uri: lab.picture, position: "first" }, { uri: lab.picture, position: "last" }],
    ratio: "1280:720",
    duration: 8,
    audio: true,
    negativePrompt: "rain",
  });

export const clients = {
  runway: {
    text: (lab, prompt) => finish(text(lab, prompt)),
    picture: (lab, prompt) => finish(picture(lab, prompt)),
    references: (lab, prompt) => finish(seedance(lab, prompt)),
    frames: (lab, prompt) => finish(frames(lab, prompt)),
    refused: (lab, prompt) => refusal(() => text(lab, prompt, { duration: 99 })),
    failed: (lab, prompt) => refusal(() => finish(text(lab, `${prompt} [content]`))),
  },
};
