import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { Client } from '../client';

/** What a page asks a device for; only what the device looks at. */
export interface Options {
  challenge: string;
  rp?: { id: string };
  rpId?: string;
  user?: { id: string };
  allowCredentials?: { id: string }[];
}

interface Key {
  id: string;
  privateKey: KeyObject;
  rpId: string;
  userHandle: string;
  counter: number;
}

/** How a device or the page around it may go wrong. */
export interface Fault {
  origin?: string;
  challenge?: string;
  rpId?: string;
  type?: string;
  crossOrigin?: boolean;
  userHandle?: string;
  /** Calls a new passkey by the id of another one. */
  id?: string;
  /** Signs with another key than the one that was registered. */
  forged?: boolean;
  /** The person was not even there. */
  absent?: boolean;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_KEY = 0x40;

/** A security key in software: ES256 with real signatures, as a browser hands them on. */
export class Authenticator {
  private readonly keys = new Map<string, Key>();

  constructor(
    private readonly origin: string,
    /** Whether it knows its person by finger or PIN, and whether it counts its signatures. */
    private readonly traits: { verifies: boolean; counts: boolean } = { verifies: true, counts: true },
  ) {}

  /** Makes a passkey, as `navigator.credentials.create`. */
  create(options: Options, fault: Fault = {}): object {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = fault.id ?? randomBytes(16).toString('base64url');
    const rpId = options.rp?.id ?? '';
    this.keys.set(id, { id, privateKey, rpId, userHandle: options.user?.id ?? '', counter: 0 });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]);
    const rawId = bytes(id);
    const length = Buffer.from([rawId.length >> 8, rawId.length & 0xff]);
    const keyPart = Buffer.concat([Buffer.alloc(16), length, rawId, isoCBOR.encode(cose as never)]);
    const authData = new Uint8Array(Buffer.concat([this.head(fault.rpId ?? rpId, WITH_KEY, 0, fault), keyPart]));
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    const clientDataJSON = this.clientData('webauthn.create', options, fault).toString('base64url');
    const attestationObject = Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url');
    return credential(id, { clientDataJSON, attestationObject, transports: ['usb'] });
  }

  /** Signs, as `navigator.credentials.get`. Throws when it holds no passkey that is asked for. */
  get(options: Options, fault: Fault = {}): object {
    const { allowCredentials: allowed } = options;
    const fits = ({ id, rpId }: Key): boolean =>
      rpId === options.rpId && (!allowed?.length || allowed.some((each) => each.id === id));
    const key = [...this.keys.values()].find(fits);
    if (!key) throw new Error('The device holds no such passkey');
    key.counter += 1;
    const authData = this.head(fault.rpId ?? key.rpId, 0, key.counter, fault);
    const clientData = this.clientData('webauthn.get', options, fault);
    const { privateKey } = fault.forged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : key;
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), privateKey);
    return credential(key.id, {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: fault.userHandle ?? key.userHandle,
    });
  }

  /** Another device with the same keys, which counts on its own from here. */
  copy(): Authenticator {
    const copy = new Authenticator(this.origin, this.traits);
    for (const [id, key] of this.keys) copy.keys.set(id, { ...key });
    return copy;
  }

  private head(rpId: string, flags: number, counter: number, { absent = false }: Fault): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.traits.counts ? counter : 0);
    const person = absent ? 0 : PRESENT | (this.traits.verifies ? VERIFIED : 0);
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([flags | person]), count]);
  }

  private clientData(type: string, { challenge }: Options, fault: Fault): Buffer {
    const { origin = this.origin, crossOrigin = false } = fault;
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin, ...pick(fault) }));
  }
}

/** Sets a passkey up for who is signed in in `browser`. @returns its id, and the recovery codes if they came with it. */
export async function setUpPasskey(
  browser: Client,
  device: Authenticator,
  name = '鍵',
): Promise<{ id: string; recoveryCodes: string[] | null }> {
  const { body: options } = await browser.post('/me/factors/passkeys/options');
  const { status, body } = await browser.post('/me/factors/passkeys', { name, credential: device.create(options) });
  if (status !== 201) throw new Error(`The passkey is refused: ${JSON.stringify(body)}`);
  return { id: body.passkey.id, recoveryCodes: body.recoveryCodes };
}

function pick({ type, challenge }: Fault): object {
  return { ...(type && { type }), ...(challenge && { challenge }) };
}

function credential(id: string, response: object): object {
  return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

function sha256(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
