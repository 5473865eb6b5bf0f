// What the scripts share: reading a file, and taking down a refusal.
export const seen = async (answer) => ({
  type: answer.headers.get("content-type"),
  bytes: (await answer.arrayBuffer()).byteLength,
});

// What the client throws when it is refused; it has to throw.
export const refusal = async (job) => {
  try {
    await job();
  } catch (error) {
    return { refused: `${error.status ?? error.statusCode ?? ""} ${error.message} ${body(error)}` };
  }
  throw new Error("the client noticed no refusal");
};

const body = (error) => JSON.stringify(error.body ?? error.taskDetails ?? error.responseBody ?? "");

// The bytes of the lab's picture.
export const png = async (lab) => Buffer.from(await (await fetch(lab.picture)).arrayBuffer());
