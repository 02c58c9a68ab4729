import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as the mail server got it. */
export interface ReceivedMail {
  /** Of the envelope: who really gets it. */
  to: string;
  messageId: string;
  content: ParsedMail;
}

/** A mail server that keeps what it is given and passes nothing on. */
export class MailServer {
  /** Read to its end, and acknowledged unless the server `holds`. */
  readonly received: ReceivedMail[] = [];

  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  /** @param holds true for one that reads every mail and then never answers. */
  static async start({ holds = false } = {}): Promise<MailServer> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 10,
      onData: (stream, { envelope }, callback) => {
        const recipients = envelope.rcptTo.map(({ address }) => address);
        simpleParser(stream)
          .then((content) => {
            for (const to of recipients) mail.received.push({ to, messageId: content.messageId ?? '', content });
            if (!holds) callback();
          })
          .catch(callback);
      },
    });
    server.on('error', () => undefined); // who is killed leaves a broken connection
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const mail = new MailServer(server, `smtp://127.0.0.1:${port}`);
    return mail;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
