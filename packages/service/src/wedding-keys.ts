import type { KeyObject } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import type { GuestId, HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import { hashEmail, hashPhone } from '@wedsync/platform/encryption/keyed-hash';
import {
  isSameWrappingKey,
  newKey,
  unwrapKey,
  type WrappingKey,
  wrapKey,
  wrappingKeyId,
} from '@wedsync/platform/encryption/wrapped-key';
import { guestContext, householdContext, SubjectKey } from './subject-key.ts';
import type { SubjectKeyCache } from './subject-key-cache.ts';

/** A new key of a guest or household, and the row that keeps it. */
export interface NewSubjectKey {
  key: SubjectKey;
  dataKeyId: string;
  wrapped: Buffer;
}

/** The unwrapped keys of one wedding. */
export interface UnwrappedKeys {
  /** By id: the active data key and those on their way out. */
  data: ReadonlyMap<string, KeyObject>;
  hash: KeyObject | undefined;
}

/** Opens and hashes what one wedding stores. All of it is synchronous: thousands of values a batch. */
export class WeddingKeys {
  readonly weddingId: WeddingId;
  readonly #keys: UnwrappedKeys;
  readonly #guests: SubjectKeyCache | undefined;
  #last: { wrapped: Uint8Array; key: KeyObject } | undefined;

  /** @param guests remembers the keys of guests that were unwrapped; absent: each is unwrapped anew */
  constructor(weddingId: WeddingId, keys: UnwrappedKeys, guests?: SubjectKeyCache) {
    this.weddingId = weddingId;
    this.#keys = keys;
    this.#guests = guests;
  }

  /** False until something was sealed for this wedding; then there is nothing to find or to open. */
  get hasKeys(): boolean {
    return this.#keys.hash !== undefined;
  }

  /** Whether every one of these can be unwrapped with the keys that were read. */
  knows(wrapped: Iterable<Uint8Array | null | undefined>): boolean {
    for (const one of wrapped) {
      if (one && !this.#keyFor(one)) return false;
    }
    return true;
  }

  /** Remembers the last one: nearly always all of a batch are under the same key. */
  #keyFor(wrapped: Uint8Array): KeyObject | undefined {
    if (this.#last && isSameWrappingKey(wrapped, this.#last.wrapped)) return this.#last.key;
    const key = this.#keys.data.get(wrappingKeyId(wrapped));
    this.#last = key && { wrapped, key };
    return key;
  }

  protected unwrap(wrapped: Uint8Array, context: string): KeyObject {
    const by = this.#keyFor(wrapped);
    if (by) return unwrapKey(by, wrapped, context);
    throw new DomainError(
      'unavailable',
      'service.key-replaced',
      'The encryption key of this wedding was just replaced. Try again.',
    );
  }

  /** The key of a guest, from `wedding.guest_keys.wrapped`. */
  guest(guestId: GuestId, wrapped: Uint8Array): SubjectKey {
    const known = this.#guests?.find(guestId, this.weddingId, wrapped);
    if (known) return known;
    const key = this.unwrap(wrapped, guestContext(this.weddingId, guestId));
    const subject = new SubjectKey(guestId, key);
    this.#guests?.remember(guestId, { weddingId: this.weddingId, wrapped, key: subject });
    return subject;
  }

  /** The key of a household, from `wedding.household_keys.wrapped`. */
  household(householdId: HouseholdId, wrapped: Uint8Array): SubjectKey {
    const context = householdContext(this.weddingId, householdId);
    return new SubjectKey(householdId, this.unwrap(wrapped, context));
  }

  /** One contact of one guest; where several are read, `guest()` unwraps only once. */
  openContact(
    cipher: Uint8Array,
    wrappedGuestKey: Uint8Array,
    place: { guestId: GuestId; field: 'email' | 'phone' },
  ): string {
    return this.guest(place.guestId, wrappedGuestKey).open(place.field, cipher);
  }

  #hashKey(): KeyObject {
    if (this.#keys.hash) return this.#keys.hash;
    throw new DomainError(
      'bug',
      'service.no-keys',
      'This wedding has no keys yet: ask for them with forSealing where something is written.',
    );
  }

  /** What is stored of an e-mail address to find it again. */
  hashEmail(email: string): Buffer {
    return hashEmail(this.#hashKey(), email);
  }

  /** What is stored of a phone number. @param phone E.164 */
  hashPhone(phone: string): Buffer {
    return hashPhone(this.#hashKey(), phone);
  }
}

/** Also makes keys for those who have none yet. Valid in the transaction that it was read in. */
export class SealingKeys extends WeddingKeys {
  readonly #active: WrappingKey;

  constructor(weddingId: WeddingId, keys: UnwrappedKeys, active: WrappingKey) {
    super(weddingId, keys);
    this.#active = active;
  }

  #make(id: string, context: string): NewSubjectKey {
    const key = newKey();
    return {
      key: new SubjectKey(id, key),
      dataKeyId: this.#active.id,
      wrapped: wrapKey(this.#active, key, context),
    };
  }

  /** A key for a guest; insert it into `wedding.guest_keys` in the same transaction. */
  newGuestKey(guestId: GuestId): NewSubjectKey {
    return this.#make(guestId, guestContext(this.weddingId, guestId));
  }

  /** The key under which new ones are wrapped. */
  get activeKeyId(): string {
    return this.#active.id;
  }

  /** A guest's key, wrapped under the active data key instead of an older one. */
  rewrapGuest(guestId: GuestId, wrapped: Uint8Array): Buffer {
    const context = guestContext(this.weddingId, guestId);
    return wrapKey(this.#active, this.unwrap(wrapped, context), context);
  }

  /** The same for a household's key. */
  rewrapHousehold(householdId: HouseholdId, wrapped: Uint8Array): Buffer {
    const context = householdContext(this.weddingId, householdId);
    return wrapKey(this.#active, this.unwrap(wrapped, context), context);
  }

  /** A key for a household; insert it into `wedding.household_keys` in the same transaction. */
  newHouseholdKey(householdId: HouseholdId): NewSubjectKey {
    return this.#make(householdId, householdContext(this.weddingId, householdId));
  }
}
