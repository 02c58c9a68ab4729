import type { ProcedureVersion } from '../../registry/procedures/procedure-version.entity';

/** The recovery procedure that every demo system has; short, but in the shape of a real one. */
export const DEMO_PROCEDURE: Pick<ProcedureVersion, 'markdown' | 'steps' | 'contacts'> = {
  markdown: [
    '## 前提',
    '',
    '- 復旧の開始は情報セキュリティ責任者が判断する',
    '- 代替回線へ切替済みであること',
    '',
    '## 復旧後の確認',
    '',
    '1. 前日最終の受付番号まで参照できること',
    '2. 夜間バッチが完走すること',
  ].join('\n'),
  steps: [
    {
      ...{
        key: 'declare',
        title: '障害の宣言と連絡',
        role: '情報セキュリティ責任者',
        plannedMinutes: 15,
        dependsOn: [],
      },
      ...{ instructions: '連絡先一覧により関係者を招集する。', location: '運用室' },
    },
    {
      ...{ key: 'infrastructure', title: '基盤の再構築', role: '運用班', plannedMinutes: 60, dependsOn: ['declare'] },
      ...{ instructions: '構成管理リポジトリから基盤を再構築する。', location: '代替センター' },
    },
    {
      ...{ key: 'restore', title: 'データの復元', role: '運用班', plannedMinutes: 90, dependsOn: ['infrastructure'] },
      ...{ instructions: '遠隔地の写しから業務データベースを復元する。', location: '代替センター' },
    },
    {
      ...{ key: 'check', title: '業務確認', role: '業務主管課', plannedMinutes: 30, dependsOn: ['restore'] },
      ...{ instructions: '受付番号と件数を照合する。', location: '業務主管課' },
    },
  ],
  contacts: [
    {
      name: '運用 さくら',
      role: '情報システムセキュリティ責任者',
      phone: '03-0000-0001',
      email: 'owner@demo.example',
      confirmedOn: null,
    },
    {
      name: '責任 一郎',
      role: '情報セキュリティ責任者',
      phone: '03-0000-0002',
      email: 'manager@demo.example',
      confirmedOn: null,
    },
  ],
};
