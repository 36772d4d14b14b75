// Google's JavaScript SDK with nothing changed but its base URL and its key.
import assert from 'node:assert/strict';
import { ApiError, GoogleGenAI } from '@google/genai';
import { failure, proxy, restrictedToken, run, script, stepThrough, token } from './cases.mjs';

const model = 'gemini-2.5-flash';
const sdk = (apiKey) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: proxy } });
const ai = sdk(token);

const weather = {
  name: 'weather',
  parameters: { type: 'OBJECT', properties: { city: { type: 'STRING' } } },
};

/** The error of a unary call and of a stream must be the same. */
async function refused(status, rpcStatus, { apiKey = token, of = model } = {}) {
  const ask = { model: of, contents: 'hello' };
  const unary = await failure(() => sdk(apiKey).models.generateContent(ask));
  const streamed = await failure(() => sdk(apiKey).models.generateContentStream(ask));
  for (const error of [unary, streamed]) {
    assert.ok(error instanceof ApiError, String(error));
    assert.equal(error.status, status);
    assert.ok(error.message.includes(rpcStatus), error.message);
  }
  return JSON.parse(unary.message).error;
}

await run({
  'generates': async () => {
    const answer = await ai.models.generateContent({ model, contents: 'good morning' });
    assert.equal(answer.text, 'You said: good morning');
    assert.ok(answer.usageMetadata.totalTokenCount > 0);
  },

  'streams several events': async () => {
    let text = '';
    let events = 0;
    for await (const event of await ai.models.generateContentStream({ model, contents: 'tell me a story' })) {
      text += event.text;
      events++;
    }
    assert.equal(text, 'You said: tell me a story');
    assert.ok(events > 1);
  },

  'gets each event before the next is sent': async () => {
    await script('model gemini-3.5-flash: always events 20 and gate js-steps');
    const open = () => ai.models.generateContentStream({ model: 'gemini-3.5-flash', contents: 'count with me to twenty' });
    assert.equal(await stepThrough('js-steps', open, (event) => event.text), 'You said: count with me to twenty');
  },

  'chats over two turns': async () => {
    const chat = ai.chats.create({ model });
    assert.equal((await chat.sendMessage({ message: 'hello' })).text, 'You said: hello');
    assert.equal((await chat.sendMessage({ message: 'and again' })).text, 'You said: and again (turn 2)');
  },

  'calls a function and keeps the thought signature': async () => {
    const config = { tools: [{ functionDeclarations: [weather] }] };
    const question = { role: 'user', parts: [{ text: 'Paris' }] };
    const first = await ai.models.generateContent({ model, contents: [question], config });
    assert.deepEqual(first.functionCalls.map(({ name, args }) => ({ name, args })), [{ name: 'weather', args: { city: 'Paris' } }]);
    const call = first.candidates[0].content;
    assert.ok(call.parts[0].thoughtSignature.length > 0);
    const result = { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { sky: 'blue' } } }] };
    const second = await ai.models.generateContent({ model, contents: [question, call, result], config });
    assert.ok(second.text.includes('weather returned {"sky":"blue"}'), second.text);
  },

  'embeds': async () => {
    const answer = await ai.models.embedContent({ model: 'gemini-embedding-001', contents: ['one', 'two'] });
    assert.equal(answer.embeddings.length, 2);
    assert.ok(answer.embeddings[0].values.length > 0);
  },

  'counts tokens': async () => {
    assert.equal((await ai.models.countTokens({ model, contents: '12345678' })).totalTokens, 2);
  },

  'uses a file right after its upload, whichever key is next': async () => {
    for (let round = 0; round < 4; round++) {
      const file = await ai.files.upload({ file: new Blob([`notes of round ${round}`]), config: { mimeType: 'text/plain' } });
      assert.equal((await ai.files.get({ name: file.name })).name, file.name);
      const contents = [{ role: 'user', parts: [{ text: 'read' }, { fileData: { fileUri: file.uri, mimeType: 'text/plain' } }] }];
      for (let use = 0; use < 4; use++) {
        const answer = await ai.models.generateContent({ model, contents });
        assert.equal(answer.text, `You said: read I read ${file.name}.`);
      }
    }
  },

  'uploads in several chunks': async () => {
    const size = (16 << 20) + 5;
    const file = await ai.files.upload({ file: new Blob([new Uint8Array(size)]), config: { mimeType: 'application/octet-stream' } });
    assert.equal(Number(file.sizeBytes), size);
  },

  'makes a cache and uses it, whichever key is next': async () => {
    const contents = [{ role: 'user', parts: [{ text: 'a long text to remember. '.repeat(400) }] }];
    const cache = await ai.caches.create({ model, config: { contents, ttl: '300s' } });
    for (let use = 0; use < 4; use++) {
      const answer = await ai.models.generateContent({ model, contents: 'go on', config: { cachedContent: cache.name } });
      assert.equal(answer.text, `You said: go on I remember ${cache.name}.`);
    }
  },

  'lists models': async () => {
    const names = [];
    for await (const one of await ai.models.list()) names.push(one.name);
    assert.ok(names.includes(`models/${model}`), names.join());
  },

  'creates a batch and polls it': async () => {
    const src = [{ contents: [{ role: 'user', parts: [{ text: 'in a batch' }] }] }];
    const job = await ai.batches.create({ model, src, config: { displayName: 'jobs' } });
    const states = [];
    while (states.length < 50 && !states.includes('JOB_STATE_SUCCEEDED')) {
      states.push((await ai.batches.get({ name: job.name })).state);
    }
    assert.ok(states.includes('JOB_STATE_SUCCEEDED'), states.join());
  },

  'a stream that is cut is an exception': async () => {
    for (const [of, how] of [['gemini-3.6-flash', 'reset'], ['gemini-3.7-flash', 'truncate']]) {
      await script(`model ${of}: always events 8 and ${how} at event 3`);
      let events = 0;
      const error = await failure(async () => {
        for await (const _ of await ai.models.generateContentStream({ model: of, contents: 'eight events please' })) events++;
      });
      assert.ok(error instanceof Error && events < 8, String(error));
    }
  },

  'a bad token is 401': async () => {
    assert.equal((await refused(401, 'UNAUTHENTICATED', { apiKey: `${token}x` })).code, 401);
  },

  'another model than the token allows is 403': async () => {
    assert.equal((await refused(403, 'PERMISSION_DENIED', { apiKey: restrictedToken })).code, 403);
  },

  'an unknown model is 404': async () => {
    assert.ok((await refused(404, 'NOT_FOUND', { of: 'gemini-9' })).message.includes('models/gemini-9'));
  },

  "what the API cannot serve is 400 in Google's words": async () => {
    await script('model gemini-2.0-flash: always 400 message "No such schema."');
    const error = await refused(400, 'INVALID_ARGUMENT', { of: 'gemini-2.0-flash' });
    assert.equal(error.message, 'No such schema.');
  },

  'a model without quota on every key is 429 and says when to come back': async () => {
    await script('model gemini-2.5-flash-lite: always 429 perminute retry 30s');
    const error = await refused(429, 'RESOURCE_EXHAUSTED', { of: 'gemini-2.5-flash-lite' });
    assert.ok(error.details.some((detail) => detail['@type'].endsWith('RetryInfo')), JSON.stringify(error));
  },

  "an overloaded model is 503 in Google's words": async () => {
    await script('model gemini-3.8-flash: always 503 overloaded');
    assert.ok((await refused(503, 'UNAVAILABLE', { of: 'gemini-3.8-flash' })).message.includes('overloaded'));
  },
});
