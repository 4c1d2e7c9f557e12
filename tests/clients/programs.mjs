// Command-line programs as clients: each in a clean home of its own, with nothing to reach but loopback.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The folder of `name`, installed beside the tests in `place`; undefined where it is not.
export function packageFolder(place, name) {
  try {
    const require = createRequire(new URL(`${place}/package.json`, import.meta.url));
    return join(require.resolve(`${name}/package.json`), '..');
  } catch {
    return undefined;
  }
}

// A way to the gateway that counts who comes by: for programs whose requests nothing else can count.
export async function countingDoor(target) {
  const door = { count: 0 };
  const server = createServer((incoming, outgoing) => {
    ++door.count;
    const { method, headers } = incoming;
    const onward = request(`${target}${incoming.url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  door.url = `http://127.0.0.1:${server.address().port}`;
  door.close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return door;
}

// A home, a folder to work in, and a proxy that lets nobody out and remembers who wanted to.
export class Room {
  static async open(name) {
    const room = new Room();
    room.folder = await mkdtemp(join(tmpdir(), `gemini-balance-${name}-`));
    room.home = join(room.folder, 'home');
    room.work = join(room.folder, 'work');
    room.temporary = join(room.folder, 'tmp');
    for (const folder of [room.home, room.work, room.temporary]) await mkdir(folder);
    room.wanted = [];
    room.running = new Set();
    room.proxy = createServer((request, response) => {
      room.wanted.push(request.url);
      response.writeHead(403).end();
    });
    room.proxy.on('connect', (request, socket) => {
      room.wanted.push(request.url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise((resolve) => room.proxy.listen(0, '127.0.0.1', resolve));
    return room;
  }

  async close() {
    for (const child of this.running) child.kill('SIGKILL');
    await new Promise((resolve) => {
      this.proxy.close(resolve);
      this.proxy.closeAllConnections();
    });
    await rm(this.folder, { recursive: true, force: true });
  }

  // Runs a program to its end; all it said is in `output`, its standard output alone in `said`.
  run(program, args, env = {}) {
    const proxy = `http://127.0.0.1:${this.proxy.address().port}`;
    const outside = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: proxy, https_proxy: proxy };
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        cwd: this.work,
        env: { PATH: process.env.PATH, HOME: this.home, TMPDIR: this.temporary, LC_ALL: 'C.UTF-8', ...outside,
          NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1,localhost', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.running.add(child);
      let output = '';
      let said = '';
      child.stdout.on('data', (bytes) => {
        output += bytes;
        said += bytes;
      });
      child.stderr.on('data', (bytes) => (output += bytes));
      child.on('error', reject);
      child.on('close', (code) => {
        this.running.delete(child);
        resolve({ code, output, said });
      });
    });
  }
}
