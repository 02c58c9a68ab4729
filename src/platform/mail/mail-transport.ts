import { createTransport, Transporter } from 'nodemailer';

export interface OutgoingMail {
  /** Stable across retries, so that a mail server can drop a second copy. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

/** How mail leaves the house. `null` from the factory means that there is no way out: mails stay in the outbox. */
export abstract class MailTransport {
  /** Resolves when the mail server has taken the mail. @throws Error when it has not. */
  abstract send(mail: OutgoingMail): Promise<void>;
  abstract close(): void;
}

/** What it is injected by: a `MailTransport`, or null when no mail server is configured. */
export const MAIL_TRANSPORT = Symbol('MAIL_TRANSPORT');

const TIMEOUT_MS = 20_000;

/** Real SMTP through nodemailer. */
export class SmtpTransport extends MailTransport {
  private readonly transporter: Transporter;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    this.transporter = createTransport({
      url,
      pool: true,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as never);
  }

  override async send({ messageId, to, subject, text, html }: OutgoingMail): Promise<void> {
    await this.transporter.sendMail({
      from: this.from,
      to,
      subject,
      text,
      html,
      messageId,
      // Japanese takes three times its bytes as quoted-printable, and most of the work of sending it.
      textEncoding: 'base64',
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  override close(): void {
    this.transporter.close();
  }
}
