using System.Text;

namespace Headroom.Compressors.Listings;

public sealed class ListingCompressorTests
{
    private static readonly ListingCompressor Compressor = new();

    [Fact]
    public void Lists_of_paths_decode_exactly()
    {
        string[] leads = ["", "", "", "12\t", "    131 ", "4.0K\t", " M ", "?? ", "d41d8cd98f00b204e9800998ecf8427e  ", "3 7 ", "R100\t"];
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            string lead = RandomLines.Pick(random, leads);
            string text = RandomLines.Join(random, random.Next(1, 60), r => (r.Next(15) == 0 ? RandomLines.Pick(r, leads) : lead) + RandomLines.Path(r));
            Check(text, seed);
        }
    }

    [Fact]
    public void Sorted_lists_with_their_directories_decode_exactly()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            string separator = random.Next(2) == 0 ? "/" : "";
            SortedSet<string> paths = new(StringComparer.Ordinal);
            for (int i = random.Next(1, 40); i > 0; i--)
            {
                string path = random.Next(2) == 0 ? "." : "/srv/app";
                for (int depth = random.Next(1, 5); depth > 0; depth--)
                {
                    paths.Add(path + separator);
                    path += "/" + RandomLines.Pick(random, ["a", "b c", "lib", "x.js", "12"]);
                }

                paths.Add(path);
            }

            Check(string.Join('\n', paths) + "\n", seed);
        }
    }

    [Fact]
    public void Drawn_trees_decode_exactly()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            TreeStyle style = TreeStyle.All[random.Next(TreeStyle.All.Count)];
            List<int> depths = [0];
            for (int i = random.Next(3, 40); i > 0; i--) depths.Add(random.Next(1, Math.Min(6, depths[^1] + 2)));
            List<string> lines = [];
            for (int i = 0; i < depths.Count; i++)
            {
                var line = new StringBuilder();
                var continues = new bool[depths[i]];
                for (int d = 1; d <= depths[i]; d++) continues[d - 1] = depths.Skip(i + 1).TakeWhile(x => x >= d).Any(x => x == d);
                if (depths[i] > 0) style.Draw(line, continues, i + 1 < depths.Count && depths[i + 1] > depths[i]);
                lines.Add(line.Append(RandomLines.Pick(random, ["a.cs", "b.cs", "c.cs", "d", "e f", "\"g", "{h}", "i/", "lib -> ../lib"])).ToString());
            }

            int cut = random.Next(3) == 0 ? random.Next(1, lines.Count) : lines.Count;
            int at = 0;
            Check(RandomLines.Join(random, cut, _ => lines[Math.Min(at++, lines.Count - 1)]), seed);
        }
    }

    [Fact]
    public void Long_listings_decode_exactly()
    {
        string[] modes = ["-rw-r--r--", "drwxr-xr-x", "lrwxrwxrwx", "-rwsr-xr-x", "-rw-r--r--+", "drwxrwxrwt", "crw-rw-rw-"];
        string[] dates = ["2026-05-09 07:29", "Oct 24  2024", "May  9 07:30", "2025-01-02 03:04:05.123456789 +0200", " 9  3 09:53"];
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            List<string> blocks = [];
            string date = RandomLines.Pick(random, dates);
            for (int b = random.Next(1, 5); b > 0; b--)
            {
                List<LongRow> rows = [];
                for (int i = random.Next(0, 8); i > 0; i--)
                {
                    string row = $"{RandomLines.Pick(random, modes)} {random.Next(1, 30)} {RandomLines.Pick(random, ["root", "dev", "www-data"])} {RandomLines.Pick(random, ["root", "root", "staff"])} {random.Next(random.Next(1, 1_000_000))} {(random.Next(4) == 0 ? RandomLines.Pick(random, dates) : date)} {RandomLines.Pick(random, ["a.cs", "b c", "l -> /x/y", "644"])}";
                    if (LongRow.Read(row) is { } read) rows.Add(read);
                }

                List<string> lines = [.. random.Next(3) == 0 ? [] : new[] { $"{RandomLines.Pick(random, [".", "./a", "./a/b", "/x y/z", "src"])}:" }, .. random.Next(4) == 0 ? [] : new[] { "total 12" }, .. LongBlock.Write(rows)];
                if (random.Next(6) == 0) lines.Add(RandomLines.Other(random));
                if (random.Next(6) == 0) lines.Add("plain.txt");
                blocks.Add(string.Join('\n', lines));
            }

            string text = string.Join("\n\n", blocks) + (random.Next(2) == 0 ? "\n" : "");
            if (text.Length > 0) Check(random.Next(4) == 0 ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text, seed);
        }
    }

    [Fact]
    public void Random_stats_decode_exactly()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            int path = random.Next(5, 30), count = random.Next(1, 5);
            string text = RandomLines.Join(random, random.Next(1, 30), r => r.Next(12) == 0
                ? " 3 files changed, 2 insertions(+)"
                : $" {RandomLines.Path(r).PadRight(path)} | {(r.Next(9) == 0 ? "Bin" : r.Next(999).ToString(System.Globalization.CultureInfo.InvariantCulture)).PadLeft(count)} {RandomLines.Pick(r, ["++--", "+", "", "592 -> 600 bytes"])}");
            Check(text, seed);
        }
    }

    [Fact]
    public void Real_listings_survive_damage()
    {
        List<CorpusFile> files = [.. CorpusFile.All.Where(f => f.Kind is "search" or "listings")];
        for (int i = 0; i < files.Count; i++)
            CandidateProof.AssertExactWhenDamaged(Compressor, files[i].Text, files[(i + 1) % files.Count].Text, i);
    }

    [Fact]
    public void Folds_directories()
    {
        string folded = CandidateProof.Encoded(Compressor, "src/a.cs\nsrc/b.cs\nsrc/c.cs\nsrc/lib/x.cs\nsrc/lib/y.md\n", "paths");
        Assert.Equal("[paths by directory]\nsrc/\n a.cs b.cs c.cs\n lib/\n  x.cs y.md\n", folded);
    }

    [Fact]
    public void Large_lists_say_a_common_extension_once()
    {
        string text = string.Concat(Enumerable.Range(0, 900).Select(i => $"{i,7} src/items/File{i}{(i % 90 == 5 ? ".md" : ".cs")}\n"));
        Assert.StartsWith("[paths by directory; lines were \"%7s %s.cs\"]\nsrc/items/\n 0 File0\n 1 File1\n", CandidateProof.Encoded(Compressor, text, "paths"), StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_columns_in_front_of_paths()
    {
        string folded = CandidateProof.Encoded(Compressor, "    131 src/Cart.cs\n     16 src/Item.cs\n    147 total\n", "paths");
        Assert.Equal("[paths by directory; lines were \"%7s %s\"]\nsrc/\n 131 Cart.cs\n 16 Item.cs\n147 total\n", folded);
    }

    [Theory]
    [InlineData("2025-10-08 12:30:15.234 INFO starting\n2025-10-08 12:30:15.456 INFO ready\n2025-10-08 12:30:16.001 WARN slow")]
    [InlineData("using System;\nnamespace A;\npublic class B : C\n{\n    int x = 1;\n}\n")]
    [InlineData("The quick brown fox.\nJumps over the dog.\nAnd so on, for a while.\n")]
    public void Leaves_logs_code_and_prose_alone(string text) => Assert.True(Compressor.Probe(text) < 0.2);

    private static void Check(string text, int seed)
    {
        CandidateProof.AssertExact(Compressor, text);
        CandidateProof.AssertDecoderNeverThrows(Compressor, text, seed);
    }
}
