// Runs cases one after the other and prints one JSON line for each: name, ok, detail.
// The test that starts this process says in the environment where gemproxy and its own
// steering endpoint are.
import assert from 'node:assert/strict';

export const proxy = process.env.BENCH_PROXY;
export const token = process.env.BENCH_TOKEN;
export const restrictedToken = process.env.BENCH_RESTRICTED_TOKEN;

async function steer(path, body) {
  const answer = await fetch(process.env.BENCH_STEERING + path, { method: 'POST', body });
  assert.equal(answer.status, 200, path);
  return Number(await answer.text());
}

/** Gives the simulator script lines. */
export const script = (lines) => steer('/script', lines);

/** Lets that many more events pass the gate; resolves to how many passed before. */
export const release = (gate, count = 1) => steer(`/release/${gate}/${count}`);

/** The error with which the work fails; fails itself if the work succeeds. */
export async function failure(work) {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: 'ended without an exception' });
}

/** Takes a stream of twenty events, each sent only after the one before it was confirmed. */
export async function stepThrough(gate, open, text) {
  await release(gate);
  let confirmed = 0;
  let whole = '';
  for await (const event of await open()) {
    if (text(event) === undefined) continue; // an end without text
    whole += text(event);
    confirmed++;
    assert.equal(await release(gate), confirmed, 'events sent when this one was confirmed');
  }
  assert.equal(confirmed, 20);
  return whole;
}

export async function run(cases) {
  for (const [name, work] of Object.entries(cases)) {
    let detail = '';
    try {
      await work();
    } catch (error) {
      detail = error.stack ?? String(error);
    }
    console.log(JSON.stringify({ name, ok: detail === '', detail }));
  }
}
