import { readFileSync } from 'node:fs';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import { isTimeZone } from '../../core/time/zone';
import { ValidateBy } from 'class-validator';

const IsTimeZone = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTimeZone',
    validator: { validate: isTimeZone, defaultMessage: () => '$property must be an IANA time zone' },
  });

const toBoolean = Transform(({ value }) =>
  value === '1' || value === 'true' ? true : value === '0' || value === 'false' || value === '' ? false : value,
);
const toNumber = Transform(({ value }) => (value === '' ? undefined : Number(value)));

/** Every setting of Sonae, each with its default. Each may also be given as `NAME_FILE`, a path to a file that holds the value. */
export class Config {
  /** Port of the HTTP service. 0 takes a free one. */
  @toNumber
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT = 3000;

  /** Address to listen on. */
  @IsString()
  HOST = '127.0.0.1';

  /** The address people use, for links in mails; taken from HOST and PORT when absent. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  PUBLIC_URL?: string;

  /** Addresses of the reverse proxies whose X-Forwarded-For is believed, as IPs or ranges: 10.0.0.5,172.16.0.0/12. */
  @IsOptional()
  @Matches(/^[0-9a-fA-F.:/]+( *, *[0-9a-fA-F.:/]+)*$/, { message: 'TRUST_PROXY must be a list of addresses or ranges' })
  TRUST_PROXY?: string;

  /** Data directory of the embedded database and of generated secrets. */
  @IsString()
  SONAE_DATA = './.sonae';

  /** Folder with initdb and postgres for the embedded database; those from npm when absent. */
  @IsOptional()
  @IsString()
  PG_BIN?: string;

  /** PostgreSQL to use instead of the embedded one: postgres://user:password@host:5432/database. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must begin with postgres://' })
  DATABASE_URL?: string;

  /** The same database as the role that owns it: only to migrate, and to make the role of DATABASE_URL, which then can only add audit events. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_OWNER_URL must begin with postgres://' })
  DATABASE_OWNER_URL?: string;

  /** Redis for the queue and the rate limits; without it both live in PostgreSQL. */
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'REDIS_URL must begin with redis:// or rediss://' })
  REDIS_URL?: string;

  /** Mail server: smtp://user:password@host:587. Without it, mails are kept in the outbox page. */
  @IsOptional()
  @Matches(/^smtps?:\/\//, { message: 'SMTP_URL must begin with smtp:// or smtps://' })
  SMTP_URL?: string;

  /** Sender of mails. */
  @IsEmail({ allow_display_name: true, require_tld: false })
  MAIL_FROM = 'Sonae <sonae@localhost.localdomain>';

  /** Addresses that are not public and that channels may be sent to all the same, also without TLS: 10.1.2.0/24,192.168.5.7. */
  @IsOptional()
  @Matches(/^[0-9a-fA-F.:/]+( *, *[0-9a-fA-F.:/]+)*$/, {
    message: 'CHANNEL_PRIVATE_RANGES must be a list of addresses or ranges',
  })
  CHANNEL_PRIVATE_RANGES?: string;

  /** Zone whose civil days count, and the zone of people who have not chosen one. */
  @IsTimeZone()
  TZ_DEFAULT = 'Asia/Tokyo';

  /** Time of day, in each person's zone, from which their digest is sent. */
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'DIGEST_AT must be a time of day such as 08:00' })
  DIGEST_AT = '08:00';

  /** Hours after which a session ends, however busy it is. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(720)
  SESSION_HOURS = 168;

  /** Hours without a request after which a session ends. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(168)
  SESSION_IDLE_HOURS = 12;

  /** trace, debug, info, warn, error, fatal or silent. */
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
  LOG_LEVEL = 'info';

  /** Load demo data into an empty database; refused when NODE_ENV=production. */
  @toBoolean
  @IsBoolean()
  SONAE_DEMO = false;

  /** Password of the demo people; one is made and kept in the data directory when absent. */
  @IsOptional()
  @IsString()
  SONAE_DEMO_PASSWORD?: string;

  /** Bearer token for /metrics; without it the page answers only to this machine. */
  @IsOptional()
  @IsString()
  METRICS_TOKEN?: string;

  /** OpenID provider of the office, its address as the provider writes it: https://id.example/realms/office. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  OIDC_ISSUER?: string;

  /** Client that the provider knows Sonae by; its redirect address is PUBLIC_URL/api/v1/auth/oidc/callback. */
  @IsOptional()
  @IsString()
  OIDC_CLIENT_ID?: string;

  /** Secret of that client. */
  @IsOptional()
  @IsString()
  OIDC_CLIENT_SECRET?: string;

  /** What the provider is asked for. */
  @IsString()
  OIDC_SCOPES = 'openid email profile';

  /** Claim that lists the groups of a person. */
  @IsString()
  OIDC_GROUPS_CLAIM = 'groups';

  /** Let a person take the account that is there under their mail address, when the provider has verified the address. */
  @toBoolean
  @IsBoolean()
  OIDC_LINK_BY_EMAIL = false;

  /** Values of amr and acr that are believed to mean a second factor: otp,hwk. Without it none is. */
  @IsOptional()
  @IsString()
  OIDC_SECOND_FACTOR?: string;

  /** For how many days an API token may be valid at most. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(365)
  API_TOKEN_DAYS = 365;

  /** Requests a minute from one address: a whole office may be behind one. Counted over all processes, as the four that follow. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  RATE_LIMIT_ADDRESS = 3000;

  /** Attempts a minute to sign in from one address; as many, counted apart, at secret addresses that open nothing. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  RATE_LIMIT_SIGN_IN = 60;

  /** Requests a minute of one person. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  RATE_LIMIT_ACCOUNT = 1200;

  /** Requests a minute with one API token. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  RATE_LIMIT_TOKEN = 1200;

  /** Messages a minute to one inlet of a backup requirement. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  RATE_LIMIT_INLET = 600;

  /** Readings a minute of one calendar that programs subscribe to. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  RATE_LIMIT_CALENDAR = 60;

  /** Days that what tools have sent is kept as it came; what was read of it stays. */
  @toNumber
  @IsInt()
  @Min(1)
  @Max(36_500)
  RAW_DAYS = 400;

  /** production, development or test. */
  @IsIn(['production', 'development', 'test'])
  NODE_ENV = 'development';
}

/** Thrown at start with every wrong setting in it, one a line. */
export class ConfigError extends Error {}

/**
 * Reads and checks all settings at once.
 * @throws ConfigError naming every wrong setting and the reason.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const names = Object.keys(new Config()).concat(OPTIONAL);
  const raw: Record<string, string> = {};
  const errors: string[] = [];
  for (const name of names) {
    const file = environment[`${name}_FILE`];
    try {
      const value = file ? readFileSync(file, 'utf8').trim() : environment[name];
      if (value !== undefined && value !== '') raw[name] = value;
    } catch (error) {
      errors.push(`${name}_FILE: ${(error as Error).message}`);
    }
  }
  const config = plainToInstance(Config, { ...raw }, { exposeDefaultValues: true });
  for (const { constraints } of validateSync(config)) errors.push(...Object.values(constraints ?? {}));
  if (config.NODE_ENV === 'production' && config.SONAE_DEMO)
    errors.push('SONAE_DEMO: demo data is refused when NODE_ENV=production');
  if (config.OIDC_ISSUER !== undefined) {
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'] as const)
      if (config[name] === undefined) errors.push(`${name}: needed with OIDC_ISSUER`);
    if (config.NODE_ENV === 'production' && config.OIDC_ISSUER.startsWith('http:'))
      errors.push('OIDC_ISSUER: only https when NODE_ENV=production');
  }
  if (errors.length > 0) throw new ConfigError(`Wrong settings:\n${errors.map((line) => `  - ${line}`).join('\n')}`);
  return config;
}

const OPTIONAL = [
  'PUBLIC_URL',
  'TRUST_PROXY',
  'PG_BIN',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  'SMTP_URL',
  'CHANNEL_PRIVATE_RANGES',
  'SONAE_DEMO_PASSWORD',
  'METRICS_TOKEN',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_SECOND_FACTOR',
];
