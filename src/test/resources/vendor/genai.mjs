// Google's own client, unmodified, at another base URL: Omni by interactions, Veo by operations.
import { readFile, rm } from "node:fs/promises";
import { GoogleGenAI } from "@google/genai";
import { png, refusal } from "./seen.mjs";

const client = ({ gemini: lab }) =>
  new GoogleGenAI({ apiKey: lab.key, vertexai: false, httpOptions: { baseUrl: lab.baseUrl } });

// By itself it finds the name of a file in an address of https only, and in this way.
const download = async (ai, uri, prompt) => {
  const name = uri.split("files/")[1].match(/[a-z0-9]+/)[0];
  const file = await ai.files.get({ name: `files/${name}` });
  if (file.state !== "ACTIVE") throw new Error(`the file is ${file.state}`);
  const downloadPath = `${prompt.replaceAll(/[^a-z0-9]/g, "-")}.mp4`;
  await ai.files.download({ file: file.name, downloadPath });
  const bytes = (await readFile(downloadPath)).byteLength;
  await rm(downloadPath);
  return { type: "video/mp4", bytes };
};

const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

const omni = async (lab, prompt, task, pictures = []) => {
  const ai = client(lab);
  let made = await ai.interactions.create({
    model: lab.gemini.model,
    background: true,
    store: true,
    input: [{ type: "text", text: prompt }, ...pictures],
    generation_config: { video_config: { task } },
    response_format: {
      type: "video", aspect_ratio: "16:9", resolution: "720p", duration: "8s", delivery: "uri" },
  });
  while (["queued", "in_progress"].includes(made.status)) {
    await pause();
    made = await ai.interactions.get(made.id);
  }
  if (made.status !== "completed") throw new Error(JSON.stringify(made));
  const video = made.steps.flatMap((step) => step.content).find((one) => one.type === "video");
  return download(ai, video.uri, prompt);
};

const veo = async (lab, prompt, pictured) => {
  const ai = client(lab);
  let operation = await ai.models.generateVideos({
    model: "veo-3.1-generate-preview",
    source: { prompt, ...pictured },
    config: { durationSeconds: 8, aspectRatio: "16:9", resolution: "720p", numberOfVideos: 1 },
  });
  while (!operation.done) {
    await pause();
    operation = await ai.operations.getVideosOperation({ operation });
  }
  const videos = operation.response?.generatedVideos ?? [];
  if (videos.length === 0) throw new Error(JSON.stringify(operation));
  return download(ai, videos[0].video.uri, prompt);
};

export const clients = {
  "genai-omni": {
    text: (lab, prompt) => omni(lab, prompt, "text_to_video"),
    picture: async (lab, prompt) =>
      omni(lab, prompt, "image_to_video", [
        { type: "image", mime_type: "image/png", data: (await png(lab)).toString("base64") }]),
    refused: (lab, prompt) => refusal(() => omni(lab, `${prompt} [refuse]`, "text_to_video")),
    failed: (lab, prompt) => refusal(() => omni(lab, `${prompt} [content]`, "text_to_video")),
  },
  "genai-veo": {
    text: (lab, prompt) => veo(lab, prompt),
    picture: async (lab, prompt) =>
      veo(lab, prompt, {
        image: { imageBytes: (await png(lab)).toString("base64"), mimeType: "image/png" } }),
    refused: (lab, prompt) => refusal(() => veo(lab, `${prompt} [refuse]`)),
    failed: (lab, prompt) => refusal(() => veo(lab, `${prompt} [content]`)),
  },
};
