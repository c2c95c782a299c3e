namespace Headroom.Compressors.Traces;

public sealed class TraceCompressorTests
{
    private static readonly TraceCompressor Compressor = new();

    private static readonly string[] Frames =
    [
        "\tat org.acme.shop.Cart.total(Cart.java:12)", "\tat org.acme.shop.Cart$Item.price(Cart.java:31)", "\tat org.acme.shop.Cart.<init>(Cart.java:7)", "\tat java.io.FileInputStream.open(Native Method)",
        "\tat java.base/java.lang.Thread.run(Thread.java:745)", "\tat main(Odd.kt:3)", "\tat org.acme.$Proxy12.call(Unknown Source)", "\tat org.acme.Main.run(Main.java:5) ~[shop.jar:1.2]", "\t... 42 more",
        "   at Acme.Shop.Cart.Total(Int32 n) in /src/Shop/Cart.cs:line 12", "   at System.Text.Json.Utf8JsonReader.Read()", "   at Acme.Odd() in C:\\a b\\x:line y.cs:line 3", "   at Acme.Cart.<Total>b__0(Item i)",
        "  File \"/usr/lib/python3.11/json/decoder.py\", line 337, in decode", "  File \"/srv/app/cart.py\", line 12, in <module>", "    return self.total(x)", "  File \"<string>\", line 1", "    ~~~~^^^", "  File \"odd:12 name.py\", line 3, in f",
        "    at total (/srv/app/cart.js:12:5)", "    at /srv/app/index.js:3:1", "    at async Promise.all (index 0)", "    at JSON.parse (<anonymous>)", "    at Object.<anonymous> (C:\\a b\\x.js:1:2)",
        "    #0 0x5592 in main /home/dev/a.c:6", "    #1 0x7f2f in __libc_start_main_impl ../csu/libc-start.c:360", "    #1 0x11 in odd", "    #2 0x5592 in _start (/home/dev/a+0x2140)",
        "   0: std::panicking::begin", "             at /rustc/5980/library/std/src/panicking.rs:689:5", "   1: m::main", "             at ./rs/m.rs:5:110",
        "main.total(0x1, 0x2)", "\t/srv/app/cart.go:12 +0x1d", "goroutine 1 [running]:", "created by main.main", "\t/srv/app/main.go:5",
        "Caused by: java.lang.IllegalStateException: x", "   --- End of inner exception stack trace ---", "[12 more lines as above]", "> quoted", "| bar", " org.acme.", "", "[eval]:1",
    ];

    [Fact]
    public void Random_frames_decode_exactly()
    {
        for (int seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            int start = random.Next(Frames.Length), spread = random.Next(2, 12);
            string text = RandomLines.Join(random, random.Next(1, 60), r => Frames[(start + r.Next(spread)) % Frames.Length]);
            CandidateProof.AssertExact(Compressor, text);
            CandidateProof.AssertDecoderNeverThrows(Compressor, text, seed);
        }
    }

    [Fact]
    public void Frames_in_order_decode_exactly()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int number = random.Next(3);
            string text = RandomLines.Join(random, random.Next(4, 30), r => r.Next(6) == 0
                ? "stack backtrace:"
                : seed % 2 == 0
                    ? $"    #{number++} 0x{r.Next(4096):x} in f{r.Next(3)} /home/dev/{r.Next(2)}/a.c:{r.Next(99)}"
                    : $"{number++,4}: m::f{r.Next(3)}\n             at /rustc/5980/library/{r.Next(3)}/a.rs:{r.Next(99)}:5");
            CandidateProof.AssertExact(Compressor, text);
        }
    }

    [Fact]
    public void Real_traces_survive_damage()
    {
        List<CorpusFile> files = [.. CorpusFile.All.Where(f => f.Kind == "traces")];
        for (int i = 0; i < files.Count; i++)
            CandidateProof.AssertExactWhenDamaged(Compressor, files[i].Text, files[(i + 1) % files.Count].Text, i);
    }

    [Fact]
    public void Folds_recursion()
    {
        string text = "boom\n" + string.Concat(Enumerable.Repeat("   at P.Depth(Int32 n) in /src/P.cs:line 11\n", 40));
        Assert.Equal("[.NET trace]\nboom\n P.Depth(Int32 n) in /src/P.cs:11\n P.Depth(Int32 n) in /src/P.cs:11\n[38 more lines as above]\n", CandidateProof.Encoded(Compressor, text, "frames"));
    }

    [Fact]
    public void Leaves_out_what_follows_from_a_java_class()
    {
        string text = "\tat org.acme.Cart.total(Cart.java:12)\n\tat org.acme.Cart.add(Cart.java:31)\n\tat org.acme.Native.call(Native Method)\n";
        Assert.Equal("[Java trace]\n org.acme.\n  Cart.total:12\n  Cart.add:31\n  Native.call(Native Method)\n", CandidateProof.Encoded(Compressor, text, "frames"));
    }

    [Fact]
    public void Keeps_the_path_of_own_files_whole()
    {
        string text = "Traceback (most recent call last):\n  File \"/srv/app/cart.py\", line 12, in total\n    return f(x)\n  File \"/srv/app/item.py\", line 3, in f\n  File \"/usr/lib/python3/json/decoder.py\", line 337, in decode\n  File \"/usr/lib/python3/json/scanner.py\", line 5, in scan\nKeyError: 'a'\n";
        Assert.Equal("[Python trace]\nTraceback (most recent call last):\n /srv/app/cart.py:12 total\n> return f(x)\n /srv/app/item.py:3 f\n /usr/lib/python3/json/\n  decoder.py:337 decode\n  scanner.py:5 scan\nKeyError: 'a'\n", CandidateProof.Encoded(Compressor, text, "frames"));
    }

    [Theory]
    [InlineData("2025-10-08 12:30:15 INFO starting at :8080\n2025-10-08 12:30:16 INFO ready\n2025-10-08 12:30:17 WARN slow")]
    [InlineData("def f(x):\n    at = x\n    return at\n\nprint(f(1))\n")]
    [InlineData("- look at the file\n- then at the code\n- at last\n")]
    public void Leaves_logs_code_and_prose_alone(string text) => Assert.True(Compressor.Probe(text) < 0.2);
}
