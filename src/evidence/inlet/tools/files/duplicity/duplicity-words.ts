import { ToolOutput } from '../../../payload/tool-output';

/** What duplicity says in Japanese, of that which is read: by its own catalogue of messages. */
const JAPANESE: readonly [RegExp, string][] = [
  [/\[ 統計情報のバックアップ \]/g, '[ Backup Statistics ]'],
  [/^ローカルとリモートのメタデータは同期され、.*$/gm, 'Local and Remote metadata are synchronized, no sync needed.'],
  [/^最終バックアップ日: なし$/gm, 'Last full backup date: none'],
  [/^ボリュームのアップロードをスキップしました/gm, 'Skipped volume upload'],
  [/^コレクションステータス$/gm, 'Collection Status'],
  [/^チェーンの開始時間: /gm, 'Chain start time: '],
  [/^バックアップセットの数: (\d+)$/gm, 'Number of contained backup sets: $1'],
  [/^( {2,})フル( {2,})/gm, '$1Full$2'],
  [/^( {2,})増分( {2,})/gm, '$1Incremental$2'],
  [/^アクティブな署名を持つバックアップチェーンが見つかりません$/gm, 'No backup chains with active signatures found'],
  [/^孤立または不完全なバックアップセットが見つかりませんでした。$/gm, 'No orphaned or incomplete backup sets found.'],
  [
    /^(\d+) バックアップセットはチェーンの一部ではありません。$/gm,
    'Also found $1 backup set(s) not part of any chain,',
  ],
  [/^そして (\d+) バックアップセットが不完全です。$/gm, 'and $1 incomplete backup set(s).'],
  [/^警告：署名が見つかりましたが、対応する/gm, 'Warning, found signatures but no corresponding '],
  [/^警告：不完全なバックアップセットが見つかりました/gm, 'Warning, found incomplete backup sets'],
  [
    /^警告：以下の孤立したバックアップファイルが見つかりました/gm,
    'Warning, found the following orphaned backup file(s)',
  ],
  [
    /^検証完了: (\d+) ファイルの比較, (\d+) 差分が見つかりました/gm,
    'Verify complete: $1 file(s) compared, $2 difference(s) found',
  ],
  [/^無効なデータ - (\S+) ハッシュがファイルに一致しません/gm, 'Invalid data - $1 hash mismatch for file'],
];
const IS_JAPANESE = /[ぁ-ヿ]/;

const KNOWN = new WeakMap<ToolOutput, ToolOutput>();

/** The output with what is read of it in English; itself where it is in English already. */
export function inEnglish(output: ToolOutput): ToolOutput {
  if (!IS_JAPANESE.test(output.stdout) && !IS_JAPANESE.test(output.stderr)) return output;
  const known = KNOWN.get(output) ?? translated(output);
  KNOWN.set(output, known);
  return known;
}

function translated(output: ToolOutput): ToolOutput {
  const english = (text: string): Buffer =>
    Buffer.from(JAPANESE.reduce((told, [words, meaning]) => told.replace(words, meaning), text));
  return new ToolOutput({ ...output.submission, stdout: english(output.stdout), stderr: english(output.stderr) });
}
