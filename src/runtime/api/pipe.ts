import { ObjectCode, STREAM_CAPACITY } from "../../sync";
import { Kind } from "../../trace";
import { ByteStream } from "./byte-stream";
import { SyncObject, runtime, type Reference } from "./runtime";

export class Pipe extends SyncObject {
  private readonly bytes: ByteStream;

  constructor(name?: string | Reference) {
    super("Pipe", ObjectCode.Stream, name, STREAM_CAPACITY);
    this.bytes = new ByteStream(this, this.id, 0);
  }

  write(data: string | Uint8Array): void {
    this.bytes.write(data);
  }

  read(max?: number): Uint8Array {
    return this.bytes.read(max);
  }

  readLine(): string | undefined {
    return this.bytes.readLine();
  }

  close(): void {
    const seq = this.bytes.close();
    if (seq > 0) runtime.recorder.sync(Kind.Close, this.id, seq);
  }
}
