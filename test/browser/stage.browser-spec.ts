import { eventually } from '../support/eventually';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('stage');
}, 120_000);

afterAll(() => stage?.close());

it.each([
  ['a broken policy', "document.body.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))"],
  ['an error of a script', "setTimeout(() => { throw new Error('on purpose'); })"],
  ['an error told to the console', "console.error('on purpose')"],
  ['a refused request', "fetch('/api/v1/systems/none').then((answer) => answer.text())"],
  ['a request to elsewhere', "fetch('http://example.com/').catch(() => 'as expected')"],
])('%s is trouble', (_what, script) =>
  stage.visit({ as: 'owner' }, async ({ page, open, troubles }) => {
    await open('/organisations');
    expect(troubles).toEqual([]);
    await page.evaluate(script);
    await eventually(
      () => Promise.resolve(troubles.splice(0)),
      (seen) => seen.length > 0,
    );
  }),
);
