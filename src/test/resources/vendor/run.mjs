// Lets every client do each of its jobs at the lab, all at once, and prints one line of JSON a job.
// A script exports, by the client's name, jobs that return what they got: text, picture, refused.
import { readFile } from "node:fs/promises";
const world = JSON.parse(await readFile(process.argv[2], "utf8"));
const scripts = await Promise.all(process.argv.slice(3).map((script) => import(`./${script}.mjs`)));
const clients = scripts.flatMap((script) => Object.entries(script.clients));

const run = async (client, name, job) => {
  const prompt = `a fox for ${client}, by ${name}`;
  try {
    return { client, name, prompt, ...(await job(world, prompt)) };
  } catch (error) {
    return { client, name, prompt, error: String(error?.stack ?? error) };
  }
};
const jobs = clients.flatMap(([client, all]) =>
  Object.entries(all).map(([name, job]) => run(client, name, job)));
for (const seen of await Promise.all(jobs)) console.log(JSON.stringify(seen));
process.exit(0);
