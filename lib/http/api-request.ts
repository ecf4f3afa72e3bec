type BodyReader = {
  read: () => Promise<{ done: boolean; value?: Uint8Array | undefined }>
  cancel: () => Promise<void>
}

/** What the API reads of a request, whether the framework made it or it is served in front of it. */
export type ApiRequest = {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: { getReader: () => BodyReader } | null
}
