import { isNumbered } from './passage';

/** How a text speaks: it asks for something to be done, it tells how something is, or neither can be said. */
export type Speech = 'ACTION' | 'STATEMENT' | 'OTHER';

const VERBS = new Set(
  (
    'access activate add adjust agree alert allow analyse analyze announce append apply approve arrange ask assess assign attach authenticate avoid ' +
    'block boot brief bring build call cancel change check choose clean clear click clone close collect commit communicate compare complete configure ' +
    'confirm connect contact continue convert coordinate copy create cut decide declare decommission delete deploy describe destroy detach determine ' +
    'disable disconnect discuss document download drain drop edit email enable ensure enter escalate establish evaluate examine execute export extract ' +
    'failover fetch file fill find fix follow gather generate get give go grab grant halt hand hold identify import inform initiate inspect install ' +
    'invite invoke isolate issue keep kill launch leave list load locate lock log look make mark merge migrate modify monitor mount move navigate note ' +
    'notify observe obtain open page patch pause perform pick ping point post prepare press preserve prevent proceed promote provide provision publish ' +
    'pull push put quarantine read reapply reboot rebind rebuild recall receive reconfigure reconnect record recover recreate redeploy redirect ' +
    'refresh register reinstall release reload remove rename repair repeat replace replay replicate report request rerun reset resize resolve restage restart ' +
    'restore resume retain retrieve return revert review revoke roll rotate run save scale scan schedule search secure select send set share shut sign silence ' +
    'start stop submit swap switch sync synchronise synchronize tag take target tell terminate test thank track transfer trigger try turn unbind undo ' +
    'uninstall unlock unmount unset update upgrade upload use validate verify view visit wait warn watch write'
  ).split(' '),
);
const COMMAND = /^(?:sudo\s+)?[a-z][a-z0-9_./-]*\s(?:.*\s)?--?[a-z]/;
/** What goes before the verb: a condition, a place, an order in time. */
const LEADING_CLAUSE =
  /^(?:if|once|when|while|after|before|in|on|at|from|using|for|as|with|within|to|prior|under|until|unless|per|at this point|finally|then|next|first|afterwards?|lastly|also|now|optionally|otherwise|later|again)\b[^,:]{0,150}[,:]\s*/i;
const ORDER =
  /^(?:finally|then|next|first|afterwards?|lastly|also|now|optionally|otherwise|please|and|just|possibly|immediately)\s+/i;
const ROLE = /^\p{Lu}[\p{L}\d ]{0,24}:\s+/u;
const DUTY =
  /^(?:(?:you|we|the [a-z ]{1,25})\s+(?:should|must|need to|have to)|(?:you|we) will|(?:the )?(?:(?:first|next|last|final) )?step is to)\s/i;
const OFFER = /\b(?:you can|it(?: is|'s)(?: also)? possible to)(?: now| also| then)? (\w+)/i;
/** “Deleting it will …” tells what happens; “Deleting it” is the heading of a step. */
const TELLS = /\b(?:will|is|are|can|may|results?)\b/i;
const FINITE =
  /^(?:is|are|was|were|will|has|have|can|requires?|takes|creates|needs?|includes?|provides|uses|runs|starts|contains|means)$/;
const STATEMENT =
  /^(?:\S+\s+){1,7}?(?:is|are|was|were|will|has|have|had|can|cannot|may|might|could|would|does|did|creates?|includes?|takes?|contains?|provides?|lets|produces?|consists?|runs?|starts?|means|supports?|stores?)\s/i;
const DEFINITION = /^\S{1,40}(?:\s+[-–—]\s|[:：]\s)/;

const JA_NOUN =
  /(?:確認|復元|復旧|回復|停止|起動|再起動|連絡|通報|実施|通知|切替|切り?替え|切戻し|切り?戻し|報告|作成|取得|検証|設定|実行|開始|再開|選択|入力|判断|判定|評価|退避|遮断|隔離|切断|接続|適用|構築|再構築|調達|手配|招集|参集|指示|依頼|記録|削除|変更|更新|登録|配布|公開|告知|周知|終了|解除|試験|テスト|対応|作業|調査|特定|収集|保全|承認|決定|共有|引継ぎ|引き?継ぎ|シミュレーション|フェイルオーバー|フェールオーバー|リストア|ログイン)$/;
const JA_STATES =
  /(?:です|でした|である|された|されます|される|できます|できる|ています|ている|てある|あります|ある|なります|なる|ません|れます|られる)$/;
const JA_ASKS = /(?:ください|下さい|こと|ましょう|ます|[うくぐすつぬぶむる])$/;

/** Whether a passage asks for something to be done; by its first sentence, in English and Japanese. */
export function speechOf(text: string): Speech {
  return /[ぁ-んァ-ヶ一-龠]/u.test(text) ? speechOfJapanese(text) : speechOfEnglish(text);
}

function speechOfJapanese(text: string): Speech {
  const sentence = (text.split(/[。\n]/u)[0] as string)
    .replace(/[（(][^（）()]*[)）]/gu, '')
    .replace(/[\s:：、「」]+$/u, '');
  if (JA_STATES.test(sentence)) return 'STATEMENT';
  return JA_ASKS.test(sentence) || JA_NOUN.test(sentence) ? 'ACTION' : 'OTHER';
}

function speechOfEnglish(text: string): Speech {
  const plain = text.replace(/^[^\p{L}\d./]+/u, '');
  if (asks(plain) || asks(plain.replace(LEADING_CLAUSE, '')) || asks(plain.replace(ROLE, ''))) return 'ACTION';
  return STATEMENT.test(plain) || DEFINITION.test(plain) ? 'STATEMENT' : 'OTHER';
}

function asks(text: string): boolean {
  const plain = text.replace(ORDER, '').replace(/^[^\p{L}\d./]+/u, '');
  if (COMMAND.test(plain) || DUTY.test(plain) || /^(?:do not|don't|never|be sure)\s/i.test(plain)) return true;
  const [first = '', second = ''] = plain.toLowerCase().split(/[\s,.:;!?]+/);
  if (second === 'of' || FINITE.test(second)) return false;
  const isVerb = (word: string): boolean => VERBS.has(word);
  return (
    isVerb(OFFER.exec(plain)?.[1]?.toLowerCase() ?? '') ||
    isVerb(first) ||
    (!TELLS.test(plain) && gerunds(first).some(isVerb))
  );
}

/** `restoring` as restore, `stopping` as stop: headings speak like this. */
function gerunds(word: string): string[] {
  if (!word.endsWith('ing') || word.length < 6) return [];
  const stem = word.slice(0, -3);
  return [stem, `${stem}e`, stem.slice(0, -1)];
}

const REFERENCE =
  /^(?:overview|introduction|background|description|summary|about|purpose|scope|objectives?|impacts?|(?:possible |likely )?causes?|assumptions|considerations|why|what|retention|limitations?|next steps|see also|references?|related|resources|links|further reading|glossary|page information|(?:table of )?contents|(?:change |revision )?history|changelog|known issues.*|troubleshooting|metrics.*|how .{1,40} (?:is|was|are|were) tested|概要|はじめに|背景|目的|対象|適用範囲|前提(?:条件)?|影響(?:範囲)?|原因|想定原因|参考(?:情報|資料)?|関連(?:情報|資料|文書)?|次のステップ|改訂履歴|変更履歴|用語(?:集|の定義)?|目次|付録|既知の問題)[\s:：?？.。]*$/i;
const RESTORING = /restor|recover|rebuild|fail ?over|復元|復旧|回復|リストア|切り?替え|切り?戻し/i;
const SAVING = /back-?ups?\b|export|retention|バックアップ|退避|保存/i;

/** A section that explains and holds no steps, by its heading. */
export const isReference = (heading: string): boolean => REFERENCE.test(heading.trim());

/** The heading names putting something back. */
export const namesRestoring = (heading: string): boolean => RESTORING.test(heading);

/** The heading names copies and how they are made, and asks for nothing: it is not a part of putting something back. */
export const namesSaving = (heading: string): boolean =>
  SAVING.test(heading) && !isNumbered(heading) && !RESTORING.test(heading) && speechOf(heading) !== 'ACTION';
