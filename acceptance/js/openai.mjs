// OpenAI's JavaScript SDK against the OpenAI-compatible paths, with nothing changed but its base
// URL and its key.
import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';
import { failure, proxy, restrictedToken, run, script, stepThrough, token } from './cases.mjs';

const model = 'gemini-2.5-flash';
const sdk = (apiKey) => new OpenAI({ apiKey, baseURL: `${proxy}/v1beta/openai/`, maxRetries: 0 });
const openai = sdk(token);
const user = (content) => ({ role: 'user', content });
const delta = (event) => event.choices[0]?.delta?.content ?? undefined;

const weather = {
  type: 'function',
  function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
};

async function refused(type, status, { apiKey = token, of = model } = {}) {
  const ask = { model: of, messages: [user('hello')] };
  const unary = await failure(() => sdk(apiKey).chat.completions.create(ask));
  const streamed = await failure(() => sdk(apiKey).chat.completions.create({ ...ask, stream: true }));
  for (const error of [unary, streamed]) {
    assert.ok(error instanceof type, String(error));
    assert.equal(error.status, status);
  }
  return unary;
}

const line = (id, content) => JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body: { model, messages: [user(content)] } });
const upload = async (text) => openai.files.create({ file: await toFile(Buffer.from(text), 'lines.jsonl'), purpose: 'batch' });
const batchOf = (id) => openai.batches.create({ input_file_id: id, endpoint: '/v1/chat/completions', completion_window: '24h' });

async function ids(pages) {
  const all = [];
  for await (const item of pages) all.push(item.id);
  return all;
}

await run({
  'generates': async () => {
    const answer = await openai.chat.completions.create({ model, messages: [user('good morning')] });
    assert.equal(answer.choices[0].message.content, 'You said: good morning');
    assert.ok(answer.usage.total_tokens > 0);
  },

  'streams several events': async () => {
    let text = '';
    let events = 0;
    for await (const event of await openai.chat.completions.create({ model, messages: [user('tell me a story')], stream: true })) {
      text += delta(event) ?? '';
      events++;
    }
    assert.equal(text, 'You said: tell me a story');
    assert.ok(events > 1);
  },

  'gets each event before the next is sent': async () => {
    await script('model gemini-3.5-flash: always events 20 and gate openai-steps');
    const open = () => openai.chat.completions.create({ model: 'gemini-3.5-flash', messages: [user('count with me to twenty')], stream: true });
    assert.equal(await stepThrough('openai-steps', open, delta), 'You said: count with me to twenty');
  },

  'chats over two turns': async () => {
    const messages = [user('hello')];
    const first = await openai.chat.completions.create({ model, messages });
    messages.push(first.choices[0].message, user('and again'));
    const second = await openai.chat.completions.create({ model, messages });
    assert.equal(second.choices[0].message.content, 'You said: and again (turn 2)');
  },

  'calls a function and hands its result back': async () => {
    const messages = [user('Paris')];
    const first = await openai.chat.completions.create({ model, messages, tools: [weather] });
    const [call] = first.choices[0].message.tool_calls;
    assert.equal(call.function.name, 'weather');
    assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Paris' });
    messages.push(first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: '{"sky":"blue"}' });
    const second = await openai.chat.completions.create({ model, messages, tools: [weather] });
    assert.ok(second.choices[0].message.content.includes('blue'), second.choices[0].message.content);
  },

  'embeds': async () => {
    const answer = await openai.embeddings.create({ model: 'gemini-embedding-001', input: ['one', 'two'] });
    assert.equal(answer.data.length, 2);
    assert.ok(answer.data[0].embedding.length > 0);
  },

  'uploads a file, finds it, reads it and deletes it': async () => {
    const text = line('a', 'hello');
    const file = await upload(text);
    assert.ok(file.id.startsWith('files/'), file.id);
    const found = await openai.files.retrieve(file.id);
    assert.deepEqual([found.filename, found.bytes, found.purpose], ['lines.jsonl', text.length, 'batch']);
    assert.equal(await (await openai.files.content(file.id)).text(), text);
    assert.equal((await openai.files.delete(file.id)).deleted, true);
    assert.ok(await failure(() => openai.files.retrieve(file.id)) instanceof OpenAI.PermissionDeniedError);
  },

  'runs a batch from file to file': async () => {
    const input = await upload(`${line('a', 'one')}\n${line('b', 'two')}\n`);
    let batch = await batchOf(input.id);
    assert.ok(batch.id.startsWith('batches/'), batch.id);
    for (let i = 0; i < 3; i++) batch = await openai.batches.retrieve(batch.id);
    assert.equal(batch.status, 'completed');
    const answers = (await (await openai.files.content(batch.output_file_id)).text()).trim().split('\n').map((each) => JSON.parse(each));
    assert.deepEqual(answers.map((each) => each.custom_id), ['a', 'b']);
    assert.equal(answers[1].response.body.choices[0].message.content, 'You said: two');
  },

  'cancels a batch': async () => {
    const batch = await batchOf((await upload(line('a', 'one'))).id);
    assert.equal((await openai.batches.cancel(batch.id)).status, 'cancelled');
  },

  'lists its own files and batches over pages, and nobody else finds them': async () => {
    const files = [];
    for (let i = 0; i < 3; i++) files.push((await upload(line('a', `text ${i}`))).id);
    const batches = [(await batchOf(files[0])).id, (await batchOf(files[1])).id];
    const listed = [...await ids(openai.files.list({ limit: 2 })), ...await ids(openai.batches.list({ limit: 1 }))];
    for (const id of [...files, ...batches]) assert.equal(listed.filter((each) => each === id).length, 1, id);
    const other = sdk(restrictedToken);
    assert.deepEqual([...await ids(other.files.list()), ...await ids(other.batches.list())], []);
    assert.ok(await failure(() => other.files.retrieve(files[0])) instanceof OpenAI.PermissionDeniedError);
    assert.ok(await failure(() => other.files.content(files[0])) instanceof OpenAI.PermissionDeniedError);
    assert.ok(await failure(() => other.batches.retrieve(batches[0])) instanceof OpenAI.NotFoundError);
  },

  'lists models': async () => {
    const names = [];
    for await (const one of openai.models.list()) names.push(one.id);
    assert.ok(names.includes(`models/${model}`), names.join());
  },

  'a stream that is cut is an exception': async () => {
    for (const [of, how] of [['gemini-3.6-flash', 'reset'], ['gemini-3.7-flash', 'truncate']]) {
      await script(`model ${of}: always events 8 and ${how} at event 3`);
      const error = await failure(async () => {
        for await (const _ of await openai.chat.completions.create({ model: of, messages: [user('eight events please')], stream: true }));
      });
      assert.ok(error instanceof Error, String(error));
    }
  },

  'a bad token is an AuthenticationError with our words': async () => {
    const error = await refused(OpenAI.AuthenticationError, 401, { apiKey: `${token}x` });
    assert.equal(error.error.status, 'UNAUTHENTICATED');
    assert.ok(error.message.startsWith('401 ') && error.message.length > 10, error.message);
  },

  'another model than the token allows is a PermissionDeniedError with our words': async () => {
    const error = await refused(OpenAI.PermissionDeniedError, 403, { apiKey: restrictedToken });
    assert.equal(error.error.status, 'PERMISSION_DENIED');
  },

  'an unknown model is a NotFoundError': async () => {
    await refused(OpenAI.NotFoundError, 404, { of: 'gemini-9' });
  },

  'what the API cannot serve is a BadRequestError': async () => {
    await script('model gemini-2.0-flash: always 400 message "No such schema."');
    await refused(OpenAI.BadRequestError, 400, { of: 'gemini-2.0-flash' });
  },

  'a model without quota on every key is a RateLimitError that says when to come back': async () => {
    await script('model gemini-2.5-flash-lite: always 429 perminute retry 30s');
    const error = await refused(OpenAI.RateLimitError, 429, { of: 'gemini-2.5-flash-lite' });
    assert.ok(Number(error.headers.get('retry-after')) > 0, String(error.headers.get('retry-after')));
  },

  'an overloaded model is an InternalServerError of 503': async () => {
    await script('model gemini-3.8-flash: always 503 overloaded');
    await refused(OpenAI.InternalServerError, 503, { of: 'gemini-3.8-flash' });
  },
});
