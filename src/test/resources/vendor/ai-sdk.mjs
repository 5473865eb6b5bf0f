// The AI SDK's provider packages, unmodified, each at another base URL, with its own polling.
import { experimental_generateVideo as generateVideo } from "ai";
import { createAlibaba } from "@ai-sdk/alibaba";
import { createByteDance } from "@ai-sdk/bytedance";
import { createFal } from "@ai-sdk/fal";
import { createGoogle } from "@ai-sdk/google";
import { createMiniMax } from "@ai-sdk/minimax";
import { createReplicate } from "@ai-sdk/replicate";
import { createXai } from "@ai-sdk/xai";
import { png, refusal } from "./seen.mjs";

globalThis.AI_SDK_LOG_WARNINGS = false;

const poll = { intervalMs: 200 };

// By itself it downloads nothing from this machine; that is an option of its own.
const download = async ({ url }) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return {
    data: new Uint8Array(await answer.arrayBuffer()),
    mediaType: answer.headers.get("content-type") ?? undefined,
  };
};

const make = async (model, prompt, settings) => {
  const made = await generateVideo({
    model, prompt, poll, download, maxRetries: 0, duration: 5, aspectRatio: "16:9", ...settings });
  return { type: made.video.mediaType, bytes: made.video.uint8Array.byteLength };
};

const frames = async (lab, bytes) => {
  const image = bytes ? await png(lab) : lab.picture;
  return { frameImages: ["first_frame", "last_frame"].map((frameType) => ({ image, frameType })) };
};

const references = async (lab, bytes) => {
  const data = bytes ? await png(lab) : lab.picture;
  return { inputReferences: [{ data, mediaType: "image/png" }] };
};

// It takes two frames, and pictures to refer to; see `client`.
const inventive = (model, settings, more = {}) => ({
  ...client(model, settings, more),
  frames: async (lab, prompt) =>
    make(model(lab), prompt, { ...settings, ...(await frames(lab, more.bytes)) }),
  references: async (lab, prompt) =>
    make(model(lab), prompt, { ...settings, ...(await references(lab, more.bytes)) }),
});

// `wrong` are settings that its API refuses; `bytes` tells that it takes no addresses of pictures.
const client = (model, settings, { wrong = {}, pictured = model, bytes = false } = {}) => ({
  text: (lab, prompt) => make(model(lab), prompt, settings),
  picture: async (lab, prompt) => {
    const image = bytes ? await png(lab) : lab.picture;
    return make(pictured(lab), { image, text: prompt }, settings);
  },
  refused: (lab, prompt) => refusal(() => make(model(lab), prompt, { ...settings, ...wrong })),
  failed: (lab, prompt) => refusal(() => make(model(lab), `${prompt} [content]`, settings)),
});

const QUEUE = "https://queue.fal.run";

// It knows no base URL of the queue, and asks nobody else for a result: fetch stands between.
const fal = (lab) => createFal({
  apiKey: lab.fal.key,
  fetch: async (url, init) => {
    const answer = await fetch(String(url).replace(QUEUE, lab.fal.baseUrl), init);
    const text = (await answer.text()).replaceAll(lab.fal.baseUrl, QUEUE);
    return new Response(text, { status: answer.status, headers: answer.headers });
  },
});

const at = (lab, version = "") => ({ apiKey: lab.key, baseURL: lab.baseUrl + version });

export const clients = {
  "ai-alibaba": inventive(
    (lab) =>
      createAlibaba({ apiKey: lab.dashscope.key, videoBaseURL: lab.dashscope.baseUrl })
        .video(lab.dashscope.model),
    { resolution: "1280x720", generateAudio: true },
    { wrong: { aspectRatio: "7:5" } }),
  "ai-bytedance": inventive(
    (lab) => createByteDance(at(lab.ark)).video(lab.ark.model),
    {
      resolution: "1280x720",
      generateAudio: true,
      seed: 7,
      providerOptions: { bytedance: { pollIntervalMs: 200, watermark: false } },
    },
    { wrong: { aspectRatio: "7:5" } }),
  "ai-fal": client(
    (lab) => fal(lab).video(lab.fal.model),
    { duration: 8, providerOptions: { fal: { resolution: "720p" } } },
    {
      wrong: { duration: 99 },
      pictured: (lab) => fal(lab).video(`${lab.fal.model}/image-to-video`),
    }),
  "ai-google": inventive(
    (lab) => createGoogle(at(lab.gemini, "/v1beta")).video("veo-3.1-generate-preview"),
    { duration: 8, resolution: "1280x720" },
    { wrong: { duration: 99 }, bytes: true }),
  "ai-minimax": inventive(
    (lab) =>
      createMiniMax({ apiKey: lab.minimax.key, videoBaseURL: lab.minimax.baseUrl })
        .video(lab.minimax.model),
    { resolution: "1366x768" },
    { wrong: { prompt: "[refuse]" } }),
  "ai-replicate": client(
    (lab) => createReplicate({ apiToken: lab.replicate.key, baseURL: lab.replicate.baseUrl })
      .video(lab.replicate.model),
    { providerOptions: { replicate: { resolution: "720p" } } },
    { wrong: { duration: 99 } }),
  "ai-xai": inventive(
    (lab) => createXai(at(lab.xai, "/v1")).video(lab.xai.model),
    { resolution: "1280x720", generateAudio: true },
    { wrong: { duration: 99 } }),
};
