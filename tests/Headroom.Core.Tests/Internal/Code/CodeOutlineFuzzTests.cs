using System.Diagnostics;

namespace Headroom.Internal.Code;

public sealed class CodeOutlineFuzzTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "<", ">", "\"", "'", "`", "\"\"\"", "/*", "*/", "//", "#", "\n", "\r\n", "    ", "\t", "class A ", "def f(", "func (s *T) g(", "fn h<'a>(", "public int X ", "=> ", "= ",
        ";", ",", ":", "::", "@", "#[x]", "<<~SQL\n", "<<<EOT\n", "R\"x(", "${", "$\"{", "\\", "=/[", "end\n", "import x\n", "const f = (a) => {", "template <typename T>\n", "typedef struct {", "\ud800", "è",
    ];

    [Fact]
    public void Whatever_a_text_holds_lines_stay_in_order()
    {
        var random = new Random(71);
        for (int round = 0; round < 4_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            foreach (string cue in (ReadOnlySpan<string>)["", "using System;\nnamespace A;\n", "import {a} from 'b';\n", "from a import b\nself.x\n", "package a\nx := 1\n", "use std::a;\nlet mut x;\n", "require 'a'\nattr_reader :x\n", "<?php\n", "#include <a>\n"])
                Check(cue + text);
        }
    }

    [Fact]
    public void Endless_signs_cost_linear_time()
    {
        var clock = Stopwatch.StartNew();
        foreach (string piece in Pieces)
        {
            foreach (string cue in (ReadOnlySpan<string>)["using System;\nnamespace A;\n", "import {a} from 'b';\nexport ", "from a import b\nself.x\n", "import java.util.List;\n@Override\n", "fun f() {}\nval x = 3\n", "#include <a>\n"])
                Check(cue + string.Concat(Enumerable.Repeat(piece + "x", 20_000)));
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}"); // 270 texts of about 100,000 characters
    }

    private static void Check(string text)
    {
        CodeOutline outline = CodeOutline.Of(text);
        Assert.Equal(text.Split('\n').Length, outline.Lines.Length);
        foreach (Declaration declaration in outline.Declarations)
        {
            Assert.True(declaration.First <= declaration.Line && declaration.Line <= declaration.Last && declaration.Last < outline.Lines.Length, text);
            Assert.True(declaration.Signature <= declaration.Last && declaration.Parent < outline.Declarations.Count, text);
        }
    }
}
