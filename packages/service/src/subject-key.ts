import type { KeyObject } from 'node:crypto';
import { openText, sealText } from '@wedsync/platform/encryption/sealed-text';

/** What is sealed under the key of a guest or household; each opens in its own place only. */
export type SealedField =
  | 'email'
  | 'phone'
  | 'other_contacts'
  | 'street'
  | 'postal_code'
  | 'history'
  | 'import'
  | 'inbound_text';

/** The key of one guest or household, unwrapped. Erasing them is destroying it. */
export class SubjectKey {
  readonly #id: string;
  readonly #key: KeyObject;

  /** @param id guest or household; what was sealed for one opens for no other */
  constructor(id: string, key: KeyObject) {
    this.#id = id;
    this.#key = key;
  }

  #context(field: SealedField): Buffer {
    return Buffer.from(`${this.#id}|${field}`);
  }

  seal(field: SealedField, text: string): Buffer {
    return sealText(this.#key, text, this.#context(field));
  }

  /** @throws DomainError `bug` `platform.sealed_unreadable` */
  open(field: SealedField, cipher: Uint8Array): string {
    return openText(this.#key, cipher, this.#context(field));
  }
}

/** The context under which a guest's or household's key is wrapped. */
export const guestContext = (weddingId: string, guestId: string) => `guest|${weddingId}|${guestId}`;
export const householdContext = (weddingId: string, householdId: string) =>
  `household|${weddingId}|${householdId}`;
