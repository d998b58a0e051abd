import { NumberColumn } from './number-column.ts'

/** What is known of each object that an agent follows, by its id in its spool; `Maker` is a call. */
export class Objects<Maker> {
  /** Number of its value; minus the number of the group that made it, where the value was not emitted; 0 if unknown. */
  readonly value = new NumberColumn()
  /** Number of the summary line whose call made it. */
  readonly maker = new NumberColumn()
  readonly fingerprint = new NumberColumn()
  /** Made by a call whose fate is not decided. */
  readonly undecided = new Map<number, Maker>()

  set(id: number, value: number, maker: number, fingerprint: number): void {
    this.value.set(id, value)
    this.maker.set(id, maker)
    this.fingerprint.set(id, fingerprint)
    this.undecided.delete(id)
  }
}
