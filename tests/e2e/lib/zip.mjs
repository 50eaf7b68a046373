// Packs as our own writer lays them out (stored, sorted, without extra fields): so that what a forger changes is all that is changed.
import { crc32 } from '../feed/png.mjs';

const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;

/** `Map` of path → bytes. */
export function readZip(zip) {
  const end = zip.subarray(-END_SIZE);
  const files = new Map();
  let at = end.readUInt32LE(16);
  for (let count = end.readUInt16LE(10); count > 0; count -= 1) {
    const [size, nameLength, offset] = [zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    const start = offset + LOCAL_SIZE + nameLength;
    files.set(zip.toString('utf8', at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength), zip.subarray(start, start + size));
    at += CENTRAL_SIZE + nameLength;
  }
  return files;
}

/** The archive of `files`, with the version and date that `like` has in its first header. */
export function writeZip(files, like) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const common = Buffer.from(like.subarray(4, LOCAL_SIZE));
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    parts.push(like.subarray(0, 4), common, Buffer.from(name), bytes);
    const at = like.readUInt32LE(like.length - END_SIZE + 16);
    const central = Buffer.from(like.subarray(at, at + CENTRAL_SIZE));
    common.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    directory.push(central, Buffer.from(name));
    offset += LOCAL_SIZE + Buffer.byteLength(name) + bytes.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.from(like.subarray(-END_SIZE));
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
