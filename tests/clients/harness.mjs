// Starts the fake Gemini and the gateway in front of it, for one test file.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';

export const KEYS = ['upstream-key-alpha-000001', 'upstream-key-bravo-000002', 'upstream-key-delta-000003'];
export const ADMIN_TOKEN = 'admin-token-for-tests';
export const TOKEN = 'client-token-for-tests';
export const MODEL = 'gemini-3.6-flash';
export const OLD_MODEL = 'gemini-2.5-flash';
export const EMBEDDING_MODEL = 'gemini-embedding-001';
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const START_MS = 15000;
const STOP_MS = 10000;

// Runs a program until a line of its output matches; gives the match and the child.
function startProgram(path, args, env, pattern) {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${path} was not ready in ${START_MS} ms:\n${output.join('\n')}`));
    }, START_MS);
    const read = (line) => {
      output.push(line);
      const match = pattern.exec(line);
      if (match) {
        clearTimeout(timer);
        resolve({ child, match, output });
      }
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`${path} ended with ${code ?? signal}:\n${output.join('\n')}`));
    });
  });
}

function stopProgram(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve(child.exitCode);
      return;
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
    child.kill('SIGTERM');
  });
}

export class Stage {
  // settings: further environment of the gateway; fakeArguments: further arguments of the fake.
  static async start({ settings = {}, fakeArguments = [], keys = KEYS } = {}) {
    const stage = new Stage();
    const fake = await startProgram(
      process.env.GW_FAKE, ['--keys', KEYS.join(','), ...fakeArguments], process.env, /listening on (\S+)/);
    stage.fake = fake.child;
    stage.fakeUrl = `http://${fake.match[1]}`;
    stage.folder = await mkdtemp(join(tmpdir(), 'gemini-balance-clients-'));
    stage.settings = {
      PATH: process.env.PATH,
      HOME: stage.folder,
      LC_ALL: 'C.UTF-8',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: stage.folder,
      GEMINI_API_KEYS: keys.join(','),
      AUTH_TOKEN: ADMIN_TOKEN,
      ALLOWED_TOKENS: TOKEN,
      GOOGLE_API_HOST: stage.fakeUrl,
      WORKERS: '2',
      ...settings,
    };
    await stage.startGateway();
    return stage;
  }

  async startGateway() {
    const gateway = await startProgram(
      process.env.GW_PROGRAM, ['--server'], this.settings, / on (http:\/\/[^\s\/]+)/);
    this.gateway = gateway.child;
    this.gatewayOutput = gateway.output;
    this.url = gateway.match[1].replace(/\/$/, '');
    for (let tries = 0; tries < 200; ++tries) {
      const ready = await fetch(`${this.url}/readyz`).catch(() => null);
      if (ready?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the gateway is not ready:\n${this.gatewayOutput.join('\n')}`);
  }

  async restartGateway() {
    await stopProgram(this.gateway);
    await this.startGateway();
  }

  async stop() {
    if (this.gateway) this.exitCode = await stopProgram(this.gateway);
    if (this.fake) await stopProgram(this.fake);
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }

  openai(options = {}) {
    return new OpenAI({ apiKey: TOKEN, baseURL: `${this.url}/v1`, maxRetries: 0, ...options });
  }

  google(options = {}) {
    return new GoogleGenAI({
      apiKey: options.apiKey ?? TOKEN,
      httpOptions: { baseUrl: this.url, retryOptions: { attempts: 1 }, ...options.httpOptions },
    });
  }

  async script(fault) {
    const answer = await fetch(`${this.fakeUrl}/__control/script`, { method: 'POST', body: JSON.stringify(fault) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  // What the fake has seen since the last reset, without the catalogue's questions.
  async seen(pattern = /./) {
    const all = await (await fetch(`${this.fakeUrl}/__control/requests`)).json();
    return all.filter((request) => pattern.test(`${request.method} ${request.path}`));
  }

  async reset() {
    await fetch(`${this.fakeUrl}/__control/reset`, { method: 'POST' });
  }
}

// The request body Gemini got last.
export async function lastBody(stage, pattern = /enerateContent/) {
  const seen = await stage.seen(pattern);
  return JSON.parse(seen.at(-1).body);
}

// What a call failed with.
export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

// A fetch for clients that take one, which counts its calls.
export function countingFetch() {
  const counting = (...call) => {
    ++counting.count;
    return fetch(...call);
  };
  counting.count = 0;
  return counting;
}

export async function until(check, timeoutMs = 3000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
