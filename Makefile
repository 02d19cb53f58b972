# The front door. Everything needed is installed by the targets themselves (Debian 12, apt; sudo where not root).
#   make run     build, load the demonstration, serve it on http://127.0.0.1:8080 (PORT=…) until Ctrl-C
#   make build   build/meguri
#   make test    everything: layers, unit tests on both stores under sanitizers, command line, fuzz corpora
#   make fuzz    look for more inputs that break a reader (minutes each; FUZZ_SECONDS)
#   make bench   ratios against other programs, in one run
.POSIX:
.PHONY: run build test fuzz bench clean

FUZZ_SECONDS = 120
PORT = 8080

build:
	@tools/deps build
	@tools/setup build
	@ninja -C build meguri

run: build
	@tools/demo build/meguri build/demo $(PORT)

test:
	@tools/deps build test
	@tools/layers
	@tools/setup build
	@ninja -C build
	@tools/setup build-asan -Db_sanitize=address,undefined -Db_lundef=false
	@ninja -C build-asan
	@test/pg.sh run test/run build build-asan

fuzz:
	@tools/deps build test
	@CC=clang tools/setup build-fuzz -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link
	@fuzz/run build-fuzz $(FUZZ_SECONDS)

bench: build
	@bench/run

clean:
	rm -rf build build-asan build-fuzz
