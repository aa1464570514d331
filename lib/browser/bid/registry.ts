/** The contract that the tender stands in, and where this browser asks about it. */
export interface BidRegistry {
  /** The registry's name, as in its log. */
  readonly origin: string;
  readonly chainId: number;
  /** "0x" and 40 lower-case hex digits. */
  readonly contract: string;
  /** Null when the registry offers no node. */
  readonly rpcUrl: string | null;
}
