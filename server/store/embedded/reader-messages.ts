/** What the writer's thread and a reader's thread say to each other. */
export type ToReader =
  | { readonly kind: 'read'; readonly id: number; readonly body: Uint8Array }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'close' };

export type FromReader =
  | { readonly kind: 'reply'; readonly id: number; readonly body: Uint8Array }
  | { readonly kind: 'checkpointed' };
