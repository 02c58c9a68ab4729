import type { EntityManager } from 'typeorm';
import { addDays, type CivilDate } from '../../core/time/civil-date';
import { Evidence } from '../../evidence/records/evidence.entity';
import { newId } from '../../platform/database/id';
import { AdviceRequest } from '../../registry/advice/advice-request.entity';
import { ImprovementItem } from '../../registry/improvements/improvement-item.entity';
import { ImprovementProgress } from '../../registry/improvements/improvement-progress.entity';

/** In what the items of the demo are written, with the ids of what it holds by their names. */
export interface DemoScene {
  m: EntityManager;
  today: CivilDate;
  daysAgo: (days: number) => Date;
  organisation: (code: string) => string;
  system: (code: string) => string;
  person: (email: string) => string;
}

interface Report {
  by: string;
  daysAgo: number;
  text: string;
  percent: number;
}

/** The system whose functional drill took longer than its objective. */
const FAILED = 'SHINSEI';

const OF_FAILED_DRILL = {
  title: '復元の手順から、使われていない承認待ちをなくす',
  description:
    '訓練では、データベースの復元を始めるまでに、すでに異動した担当者の承認を2時間待った。\n\n- 承認者を役職で定める\n- 不在のときの代理を定める',
};

const ACROSS = {
  title: '復旧に使う連絡先を、すべての機関で年に2回確かめる',
  description:
    '監査の指摘：連絡先の3割が、異動の後も直されていなかった。\n\n1. 台帳の連絡先を今の担当者に直す\n2. 確かめる月を4月と10月に決める',
};

const QUESTION = {
  title: '書き換えられない写しを、外部の事業者に預けてよいか',
  question:
    '研究データの写しを、書き換えられない形で外部の事業者に預けることを考えています。満たすべき条件はありますか。',
  answer:
    '預けてかまいません。次を満たしてください。\n\n1. 契約に、復元の立会いと返却の期限を書くこと\n2. 本番とは別のアカウントで管理すること\n3. 年に1回、預けた写しから復元すること',
};

const PARTS: readonly { organisation: string; owner: string | null; report?: Report }[] = [
  {
    organisation: 'RESEARCH',
    owner: 'kenkyu@demo.example',
    report: { by: 'kenkyu@demo.example', daysAgo: 6, text: '12システムのうち5システムを直した。', percent: 40 },
  },
  { organisation: 'INSPECT', owner: 'kensa@demo.example' },
  { organisation: 'MIHON-SEC', owner: 'owner@demo.example' },
];

/** Writes an item that is overdue since a failed drill, and one that is split among organisations. Returns the organisations that owe. */
export async function writeDemoImprovements(scene: DemoScene): Promise<string[]> {
  const { m, today, system, person, organisation } = scene;
  const failed = await m.findOneByOrFail(Evidence, { systemId: system(FAILED), kind: 'DRILL', outcome: 'FAILED' });
  await open(scene, {
    ...{ systemId: system(FAILED), source: 'DRILL', sourceEvidenceId: failed.id, ...OF_FAILED_DRILL },
    ...{ openedById: person('owner@demo.example'), openedAt: scene.daysAgo(45), dueOn: addDays(today, -15) },
    report: { by: 'owner@demo.example', daysAgo: 20, text: '承認者を役職で定める案を作った。', percent: 50 },
  });
  const opened = { openedById: person('ciso@demo.example'), openedAt: scene.daysAgo(20), dueOn: addDays(today, 70) };
  const whole = { source: 'AUDIT', ...ACROSS, ...opened } as const;
  const parentId = await open(scene, {
    organisationId: organisation('MIHON'),
    ...whole,
    ownerId: person('manager@demo.example'),
  });
  for (const { organisation: code, owner, report } of PARTS)
    await open(scene, {
      ...{ organisationId: organisation(code), parentId, source: 'AUDIT', title: ACROSS.title, ...opened },
      ...{ ownerId: owner && person(owner), dueOn: addDays(today, 60), report },
    });
  await m.insert(AdviceRequest, {
    ...{ id: newId(), organisationId: organisation('RESEARCH'), ministryId: organisation('MIHON'), ...QUESTION },
    ...{ askedById: person('owner@demo.example'), askedAt: scene.daysAgo(9), status: 'ANSWERED' },
    ...{ answeredById: person('ciso@demo.example'), answeredAt: scene.daysAgo(4) },
  });
  return ['MIHON', ...PARTS.map((part) => part.organisation)].map(organisation);
}

async function open(
  { m, daysAgo, person }: DemoScene,
  { report, ...item }: Partial<ImprovementItem> & { report?: Report | undefined },
): Promise<string> {
  const id = newId();
  await m.insert(ImprovementItem, { id, ...item, status: report ? 'IN_PROGRESS' : 'OPEN' });
  if (report)
    await m.insert(ImprovementProgress, {
      ...{ id: newId(), itemId: id, at: daysAgo(report.daysAgo), authorId: person(report.by) },
      ...{ text: report.text, percent: report.percent },
    });
  return id;
}
