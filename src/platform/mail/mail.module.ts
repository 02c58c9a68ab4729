import { Global, Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/config';
import { MAIL_TRANSPORT, MailTransport, SmtpTransport } from './mail-transport';

/** The way out for mail, or null when no mail server is configured. */
@Global()
@Module({
  providers: [
    {
      provide: MAIL_TRANSPORT,
      inject: [Config],
      useFactory: (config: Config): MailTransport | null =>
        config.SMTP_URL ? new SmtpTransport(config.SMTP_URL, config.MAIL_FROM) : null,
    },
  ],
  exports: [MAIL_TRANSPORT],
})
export class MailModule implements OnApplicationShutdown {
  constructor(@Inject(MAIL_TRANSPORT) private readonly transport: MailTransport | null) {}

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
