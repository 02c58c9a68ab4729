import type { PersonName } from '../support/world';
import { openCentre, type Centre } from '../support/centre/centre';
import { prove, register } from '../support/centre/facts';
import { mailsTo, remindersAbout, remindersOf, type MailRow, type Reminding } from '../support/centre/reminding';

describe('digests', () => {
  let centre: Centre;
  let reminding: Reminding;

  const open = async (settings: Record<string, string> = {}): Promise<void> => {
    await centre?.stop();
    centre = await openCentre('digests', { settings: { PUBLIC_URL: 'https://sonae.example', ...settings } });
    reminding = remindersOf(centre);
  };

  beforeEach(() => open());
  afterAll(() => centre.stop());

  const mailsOf = (person: PersonName): Promise<MailRow[]> => mailsTo(centre, centre.world.people[person]);
  const sweepAt = async (instant: string): Promise<void> => {
    centre.clock.set(instant);
    await centre.tick.run();
    await reminding.sweepAll();
  };
  const settle = (person: PersonName, fields: Record<string, unknown>): Promise<unknown> =>
    centre.dataSource.query(
      `UPDATE app_user SET ${Object.keys(fields).map((column, n) => `${column} = $${n + 2}`)} WHERE id = $1`,
      [centre.world.people[person], ...Object.values(fields)],
    );

  it('gather everything that one person is to be told on a day into one mail', async () => {
    const ids = [await register(centre), await register(centre), await register(centre, { tier: 'LOW' })];
    await reminding.sweepAll();
    const mails = await mailsOf('owner');
    expect(mails).toMatchObject([{ digestOn: '2026-11-23', status: 'QUEUED' }]);
    const rows = await remindersAbout(centre, ...ids);
    expect(rows.length).toBeGreaterThan(20);
    expect(new Set(rows.map(({ mailId }) => mailId))).toEqual(new Set([mails[0]?.id]));
    await reminding.deliverAll();
    expect(await mailsOf('owner')).toMatchObject([{ status: 'KEPT', itemCount: rows.length }]);
  });

  it('are one a day: what comes later waits for the next morning', async () => {
    await register(centre);
    await reminding.sweepAll();
    await reminding.deliverAll();
    const late = await register(centre);
    await sweepAt('2026-11-23T09:00:00Z');
    expect(await mailsOf('owner')).toHaveLength(1);
    expect((await remindersAbout(centre, late)).every(({ mailId, status }) => !mailId && status === 'PENDING')).toBe(
      true,
    );
    await sweepAt('2026-11-23T22:59:00Z');
    expect(await mailsOf('owner')).toHaveLength(1);
    await sweepAt('2026-11-23T23:00:00Z');
    await reminding.deliverAll();
    const [, second, ...more] = await mailsOf('owner');
    expect(more).toEqual([]);
    expect(second).toMatchObject({ digestOn: '2026-11-24', status: 'KEPT' });
    expect((await remindersAbout(centre, late)).every(({ mailId }) => mailId === second?.id)).toBe(true);
  });

  it('two workers that form them at once form each once', async () => {
    await register(centre, { deputyId: centre.world.people.deputy });
    await reminding.sweep.run();
    await Promise.all([reminding.digests.run(), reminding.digests.run(), reminding.digests.run()]);
    expect(await mailsOf('owner')).toHaveLength(1);
    expect(await mailsOf('deputy')).toHaveLength(1);
  });

  it('are formed when it is time in the zone of the person, for the day that it is there', async () => {
    await settle('owner', { time_zone: 'America/New_York', locale: 'en' });
    centre.clock.set('2026-11-23T12:59:00Z');
    await register(centre, { deputyId: centre.world.people.deputy });
    await reminding.sweepAll();
    expect(await mailsOf('owner')).toEqual([]);
    expect(await mailsOf('deputy')).toMatchObject([{ digestOn: '2026-11-23' }]);
    await sweepAt('2026-11-23T13:00:00Z');
    expect(await mailsOf('owner')).toMatchObject([{ digestOn: '2026-11-23' }]);
    await sweepAt('2026-11-24T03:00:00Z');
    expect(await mailsOf('owner')).toHaveLength(1);
  });

  it('are dated in the calendar of the person', async () => {
    await settle('owner', { calendar: 'JAPANESE' });
    await register(centre, { deputyId: centre.world.people.deputy });
    await reminding.sweepAll();
    await reminding.deliverAll();
    const [[owners], [deputys]] = [await mailsOf('owner'), await mailsOf('deputy')];
    expect(owners?.text).toContain('令和8年11月23日（月）');
    expect(owners?.text).not.toContain('2026年');
    expect(deputys?.text).toContain('2026年11月23日（月）');
  });

  it('wait for the time of day that is set', async () => {
    await open({ DIGEST_AT: '17:30' });
    await register(centre);
    await sweepAt('2026-11-23T08:29:00Z');
    expect(await mailsOf('owner')).toEqual([]);
    await sweepAt('2026-11-23T08:30:00Z');
    expect(await mailsOf('owner')).toHaveLength(1);
  });

  it('are not formed for who has left in the meantime', async () => {
    await register(centre);
    await reminding.sweep.run();
    await settle('owner', { active: false });
    expect(await reminding.digests.run()).toBe(0);
  });

  it('leave out what evidence has cleared since, and are cancelled when nothing is left', async () => {
    const [id, other] = [await register(centre), await register(centre, { ownerId: null })];
    await reminding.sweepAll();
    await prove(centre, id, { kind: 'REVIEW', subject: 'PROCEDURE' });
    await centre.dataSource.query(`UPDATE system SET lifecycle = 'RETIRED' WHERE id = $1`, [other]);
    await centre.dataSource.transaction((m) => centre.ledger.refresh(m, [other]));
    await reminding.deliverAll();

    const rows = await remindersAbout(centre, id);
    const [mail] = await mailsOf('owner');
    expect(mail).toMatchObject({ status: 'KEPT', itemCount: rows.length - 1 });
    expect(mail?.text).not.toContain('復旧手順の見直し');
    expect(mail?.text).toContain('机上訓練');
    const cleared = rows.filter(({ ruleKey }) => ruleKey === 'procedure-review');
    expect(cleared).toMatchObject([{ status: 'CANCELLED', outcome: 'CLEARED' }]);
    expect(rows.filter(({ status }) => status === 'SENT')).toHaveLength(rows.length - 1);

    expect(await mailsOf('manager')).toMatchObject([{ status: 'CANCELLED', text: null }]);
    expect(new Set((await remindersAbout(centre, other)).map(({ status }) => status))).toEqual(new Set(['CANCELLED']));
    await reminding.deliverAll();
    expect(await mailsOf('manager')).toMatchObject([{ status: 'CANCELLED' }]);
  });

  it('name an obligation once to who is told of it twice', async () => {
    const { manager } = centre.world.people;
    const id = await register(centre, { ownerId: manager });
    for (let day = 23; day <= 30; day += 1) await sweepAt(`2026-11-${day}T00:00:00Z`);
    await sweepAt('2026-12-03T00:00:00Z');
    await reminding.deliverAll();
    const last = (await mailsOf('manager')).at(-1);
    const told = (await remindersAbout(centre, id)).filter(({ mailId }) => mailId === last?.id);
    const obligations = new Set(told.map(({ obligationId }) => obligationId));
    expect(told.length).toBeGreaterThan(obligations.size);
    expect(last?.itemCount).toBe(obligations.size);
    expect(told.every(({ status }) => status === 'SENT')).toBe(true);
  });

  describe('in words', () => {
    const textOf = async (locale: 'ja' | 'en'): Promise<MailRow> => {
      await settle('owner', { locale });
      const id = await register(centre, { tier: 'LOW', name: '図書室蔵書検索', code: `TOSHO-${locale}` });
      await prove(centre, id, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
      await sweepAt('2026-12-24T00:00:00Z');
      await reminding.deliverAll();
      return (await mailsOf('owner')).at(-1) as MailRow;
    };

    it('say in Japanese what failed, what is late and what is to come, each with its link', async () => {
      const { subject, text, html } = await textOf('ja');
      expect(subject).toMatch(/^【失敗】復元試験 — 図書室蔵書検索（TOSHO-ja） ほか\d+件$/);
      expect(text).toContain('運用 さくら 様');
      expect(text).toContain('2026年12月24日（木）現在');
      const parts = [
        ...['■ 失敗した項目', '失敗 復元試験 — 図書室', '2026年11月23日（月）の直近の結果が失敗でした。'],
        ...['■ 期限を過ぎた項目', '期限超過1日 バックアップ確認', '■ 期限が近い項目', '期限59日前'],
      ];
      const places = parts.map((part) => text?.indexOf(part) ?? -1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0);
      expect(text).toMatch(/https:\/\/sonae\.example\/systems\/[0-9a-f-]{36}\?tab=obligations&act=[0-9a-f-]{36}/);
      expect(text).toContain('https://sonae.example/me');
      expect(html).toContain('<html lang="ja">');
      expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|NaN|\{\{|digest\.|reason\./);
    });

    it('say the same in English, without a mark of Japanese typesetting but in names', async () => {
      const { subject, text, html } = await textOf('en');
      expect(subject).toMatch(/^\[Failed\] Restore tested — 図書室蔵書検索 \(TOSHO-en\) and \d+ more$/);
      expect(text).toContain('Thu, 24 Dec 2026');
      expect(text).toContain('1 d overdue Backup verified');
      expect(text).toContain('No backup requirement has been declared; it was due on Wed, 23 Dec 2026.');
      expect(html).toContain('<html lang="en">');
      expect(`${subject}${text}`.replaceAll('図書室蔵書検索', '').replaceAll('運用 さくら', '')).not.toMatch(
        /[\u3000-\u303f\u3040-\u30ff\u4e00-\u9fff\uff00-\uffef]/,
      );
    });

    it('put hostile names into HTML as text, and into no sentence as a command', async () => {
      const name = `<img src=x onerror=alert(1)> {{name}} $t(digest.closing) "'&`;
      await register(centre, { tier: 'LOW', name });
      await reminding.sweepAll();
      await reminding.deliverAll();
      const [mail] = await mailsOf('owner');
      expect(mail?.text).toContain(name);
      expect(mail?.html).not.toContain('<img');
      expect(mail?.html).toContain('&#60;img src=x onerror=alert(1)&#62; {{name}} $t(digest.closing) &#34;&#39;&#38;');
    });
  });
});
