import type { Locator } from 'playwright-core';
import type { Visit } from './stage';

/** What somebody does who has no mouse. */

/** It has the focus, or one of the choices in it. */
const isFocused = async ({ page }: Visit, target: Locator): Promise<boolean> =>
  (await page.locator(':focus').and(target.first().locator('input').or(target.first())).count()) > 0;

// What has the focus, or the picture of it that stands for a hidden control, has an outline.
const IS_OUTLINED = `(() => {
  const holder = document.activeElement.closest('label') ?? document.activeElement;
  return [holder, ...holder.querySelectorAll('*')].some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
})()`;

/** Goes on by Tab until the control has the focus, and shows it. */
export async function tabTo(visit: Visit, target: Locator): Promise<void> {
  await target.first().waitFor({ state: 'attached' });
  for (let presses = 0; presses < 300; presses += 1) {
    if (await isFocused(visit, target)) {
      if (presses > 0 && !(await visit.page.evaluate<boolean>(IS_OUTLINED)))
        throw new Error(`the focus cannot be seen: ${String(target)}`);
      return;
    }
    await visit.page.keyboard.press('Tab');
  }
  throw new Error(`not reached by the keyboard: ${String(target)}`);
}

export async function press(visit: Visit, button: Locator): Promise<void> {
  await tabTo(visit, button);
  await visit.page.keyboard.press('Enter');
}

export async function tick(visit: Visit, box: Locator): Promise<void> {
  await tabTo(visit, box);
  await visit.page.keyboard.press('Space');
}

export async function type(visit: Visit, field: Locator, text: string): Promise<void> {
  await tabTo(visit, field);
  await visit.page.keyboard.insertText(text);
}

/** Opens a choice from a long list, narrows it by typing and takes what is left; the focus comes back to it. */
export async function choose(visit: Visit, field: Locator, typed: string): Promise<void> {
  const { page } = visit;
  await press(visit, field);
  await page.locator('input:focus').waitFor();
  await page.keyboard.insertText(typed);
  const left = page.getByRole('listbox').getByRole('option').filter({ hasText: typed });
  await left.first().waitFor();
  // Until it is the one that the keys are with.
  while ((await left.and(page.locator('[data-focused]')).count()) === 0) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await field.and(page.locator(':focus')).waitFor();
}

/** Month, day, year, hour, minute and half of the day, as the control of the browser takes them. */
export async function typeInstant(visit: Visit, field: Locator, [date, time]: [string, string]): Promise<void> {
  await tabTo(visit, field);
  await visit.page.keyboard.type(date);
  // A year may have more than four digits here: only the arrow ends it.
  await visit.page.keyboard.press('ArrowRight');
  await visit.page.keyboard.type(time);
}

/** The control has the focus. */
export const hasFocus = ({ page }: Visit, control: Locator): Promise<void> =>
  control.and(page.locator(':focus')).waitFor();

/** Sends the form as it is: what is missing is told, leads to its field, and is told again there. */
export async function missing(visit: Visit, submit: Locator, field: Locator): Promise<void> {
  const { page, words } = visit;
  await press(visit, submit);
  await hasFocus(visit, page.getByRole('alert'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await hasFocus(visit, field);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
  const told = await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).innerText()));
  expect(told.join(' ')).toContain(words('form.missing'));
}
