import { readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { axeViolations } from '../support/axe';
import { availableChromiums, launchBrowser, withPage } from '../support/browser';
import { saveScreenshot } from '../support/screenshots';

const page = (body: string) =>
  `<!doctype html><html lang="ja"><head><title>備え</title><link rel="stylesheet" href="/style.css"></head>
   <body><main><h1>復旧の備え</h1>${body}</main><script src="/script.js"></script></body></html>`;

const FILES: Record<string, [type: string, text: string]> = {
  '/': ['text/html', page('<button id="add">追加</button> <output>0</output>')],
  '/flawed': ['text/html', page('<section id="sound"><p>文</p></section><p id="pale">薄い文</p><img src="/none.png">')],
  '/style.css': ['text/css', 'h1 { color: rgb(0, 0, 190) } #pale { color: #ccc; background: #fff }'],
  '/script.js': [
    'text/javascript',
    `document.getElementById('add')?.addEventListener('click', () => {
       const output = document.querySelector('output');
       output.textContent = Number(output.textContent) + 1;
     });`,
  ],
};

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const [type, text] = FILES[request.url ?? ''] ?? ['text/plain', undefined];
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'",
    });
    response.end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a Chromium is available on this machine', () => {
  expect(availableChromiums()).not.toEqual([]);
});

for (const kind of availableChromiums()) {
  describe(`with the ${kind} Chromium`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser(kind);
    });
    afterAll(() => browser?.close());

    test('a page under a strict content security policy is styled and answers a click', () =>
      withPage(browser, async (page) => {
        await page.goto(origin);
        expect(await page.title()).toBe('備え');
        expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).color")).toBe('rgb(0, 0, 190)');
        await page.getByRole('button', { name: '追加' }).click();
        expect(await page.locator('output').textContent()).toBe('1');
      }));

    test('axe finds nothing on a sound page', () =>
      withPage(browser, async (page) => {
        await page.goto(origin);
        expect(await axeViolations(page)).toEqual([]);
      }));

    test('axe names the flaws of a flawed page and leaves out what lies outside the part asked for', () =>
      withPage(browser, async (page) => {
        await page.goto(`${origin}/flawed`);
        const found = await axeViolations(page);
        expect(found.map(({ id, nodes }) => [id, nodes.map((node) => node.target)])).toEqual([
          ['color-contrast', ['#pale']],
          ['image-alt', ['img']],
        ]);
        expect(await axeViolations(page, { include: '#sound' })).toEqual([]);
      }));

    test('a screenshot is a picture of the whole page and breaks no policy', () =>
      withPage(
        browser,
        async (page) => {
          const said: string[] = [];
          page.on('console', (message) => said.push(message.text()));
          await page.goto(origin);
          await page.evaluate("document.querySelector('main').style.height = '1500px'");
          const path = await saveScreenshot(page, `self-test/${kind}`);
          const png = await readFile(path);
          await rm(path);
          expect(png.subarray(1, 4).toString()).toBe('PNG');
          expect(png.readUInt32BE(20)).toBeGreaterThan(1500);
          expect(said).toEqual([]);
        },
        { viewport: { width: 640, height: 480 } },
      ));

    test('a page outside this machine is not reached', () =>
      withPage(browser, async (page) => {
        await expect(page.goto('http://192.0.2.1/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
        await expect(page.goto('http://example.com/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
      }));
  });
}

describe('without a Chromium that starts', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('a wrong CHROMIUM_PATH is told in one line', async () => {
    jest.replaceProperty(process, 'env', { CHROMIUM_PATH: '/nowhere/chromium' });
    await expect(launchBrowser()).rejects.toThrow(/^No Chromium to test with .*\/nowhere\/chromium.*$/);
  });

  test('an unknown kind is refused by name', async () => {
    jest.replaceProperty(process, 'env', { SONAE_TEST_CHROMIUM: 'netscape' });
    await expect(launchBrowser()).rejects.toThrow('SONAE_TEST_CHROMIUM is "netscape"');
  });
});
