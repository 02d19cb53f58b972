"""A mail server that keeps what it is sent: smtp_sink.py PORT FOLDER. Refuses addresses that begin with "refused"."""
import asyncio
import sys

PORT, FOLDER = int(sys.argv[1]), sys.argv[2]
count = 0


async def serve(reader, writer):
    global count

    def say(text):
        writer.write(text.encode() + b"\r\n")

    say("220 sink")
    while line := await reader.readline():
        word = line.decode().strip().upper()
        if word.startswith("EHLO"):
            say("250 sink")
        elif word.startswith("RCPT") and "<REFUSED" in word:
            say("550 no such person")
        elif word.startswith("DATA"):
            say("354 go on")
            kept = b""
            while (more := await reader.readline()) != b".\r\n":
                kept += more[1:] if more.startswith(b"..") else more
            count += 1
            with open(f"{FOLDER}/{count}.eml", "wb") as out:
                out.write(kept)
            say("250 kept")
        elif word.startswith("QUIT"):
            say("221 bye")
            break
        else:
            say("250 fine")
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        await server.serve_forever()


asyncio.run(main())
