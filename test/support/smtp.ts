import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as a server took it. */
export interface TakenMail {
  /** Every address it was to be handed to, whatever its headers say. */
  recipients: string[];
  mail: ParsedMail;
  /** As it came over the wire. */
  bytes: number;
}

/** A mail server of a test's own. */
export interface SmtpServer {
  url: string;
  /** What it has taken, oldest first; empty it at will. */
  taken: TakenMail[];
  /** What it answers to every mail from now on; null takes them again. */
  refuseWith(answer: { code: number; message: string } | null): void;
  stop(): Promise<void>;
}

/** Starts one on a free port; or on the port of one that was stopped. */
export async function startSmtpServer(port = 0): Promise<SmtpServer> {
  const taken: TakenMail[] = [];
  let refusal: { code: number; message: string } | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, { envelope }, done) => {
      simpleParser(stream)
        .then((mail) => {
          if (refusal) return done(Object.assign(new Error(refusal.message), { responseCode: refusal.code }));
          taken.push({ recipients: envelope.rcptTo.map(({ address }) => address), mail, bytes: stream.byteLength });
          return done();
        })
        .catch(done);
    },
  });
  server.on('error', () => undefined); // a client that hangs up is no matter here
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: own } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${own}`,
    taken,
    refuseWith: (answer) => {
      refusal = answer;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
