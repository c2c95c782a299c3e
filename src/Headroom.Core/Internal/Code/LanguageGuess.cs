using System.Text;

namespace Headroom.Internal.Code;

/// <summary>Tells the language of a text by words and signs that few languages share.</summary>
internal static class LanguageGuess
{
    /// <summary>Characters that are looked at: a few hundred lines say what a file is.</summary>
    private const int MaxSample = 48_000;

    /// <summary>A cue counts so often: a file of one kind of statement must not drown the others.</summary>
    private const int MaxCount = 12;

    /// <summary>Fewer points than this are chance.</summary>
    private const int MinPoints = 3;

    /// <summary>A second language this close to the first means a mixture, unless both are written alike.</summary>
    private const double NearlyAsMany = 0.8;

    /// <summary>Cues with their points; a line end in front anchors a cue to the beginning of a line, its indentation aside, one behind to its end.</summary>
    private static readonly (CodeLanguage Language, int Points, string[] Cues)[] Cues =
    [
        (CodeLanguage.CSharp, 5, ["\nusing System", "\nglobal using ", "{ get; ", ".ConfigureAwait(", "\nforeach (", " async Task"]),
        (CodeLanguage.CSharp, 3, ["\ninternal ", "\npublic sealed ", "\nnamespace ", " is not null", " is null", "\n/// <summary>", "\n[Fact", "\n[Theory", "\n[InlineData(", "Assert.Equal(", "Assert.True(", "\nusing ", " => _", "nameof(", ": base(", "\nvar ", " string ", "(string ", " bool ", "\npublic override ", "\nprivate static ", "\npublic static ", "\n/// ", "private readonly ", "IReadOnlyList<", "ReadOnlySpan<", "string? ", "is { } ", " = $\"", "($\""]),
        (CodeLanguage.CSharp, 1, ["\npublic ", "\nprivate ", " readonly "]),
        (CodeLanguage.Java, 5, ["\nimport java", "\n@Override\n", "\nimport static ", "\npublic final class ", "System.out.", "\nimport org.", "\nimport com."]),
        (CodeLanguage.Java, 3, [" throws ", " final ", " boolean ", "(String ", " String ", " implements ", "\n * @param ", " instanceof "]),
        (CodeLanguage.Java, 1, ["\npublic ", "\nprivate ", "\nprotected ", " extends "]),
        (CodeLanguage.C, 5, ["\n#include", "\n#define ", "\n#ifndef ", "\n#ifdef ", "\n#endif", "\ntypedef ", "\ntemplate<", "\ntemplate <", "std::", "\npublic:\n", "\nprivate:\n", "const char*", "const char *", "\nextern \"C\""]),
        (CodeLanguage.C, 3, ["\nstatic inline ", "nullptr", "unsigned ", "uint32_t", "size_t ", " const&", " == NULL", "sizeof(", "\n#if ", "\nvoid ", "(void)", "::"]),
        (CodeLanguage.C, 1, ["->", "\nstatic ", "\nint ", " char ", "&&"]),
        (CodeLanguage.Script, 5, [" from '", " from \"", "\nexport ", " === ", " !== ", "\nasync function ", "module.exports", "require('", "require(\"", "console.log("]),
        (CodeLanguage.Script, 3, ["\nconst ", ": string", ": number", ": boolean", "\nfunction ", ") => {", "undefined", "\nlet ", "Promise<", "/>\n", "\ndescribe("]),
        (CodeLanguage.Script, 1, [" => ", "this.", "\nimport {", "await "]),
        (CodeLanguage.Go, 5, ["\nfunc (", " := ", "err != nil", " struct {\n", "\ndefer ", "\ngo func", "\nimport (\n", "map[string]", "*testing.T"]),
        (CodeLanguage.Go, 3, ["\npackage ", "\nfunc ", " nil\n", "\ntype ", "fmt.", "[]byte", " error {"]),
        (CodeLanguage.Rust, 5, ["\nlet mut ", "\nimpl ", "\nimpl<", "\npub fn ", "&self", "&mut ", "\n#[", "\nuse std", "\nuse crate", ".unwrap()", "println!", "\npub struct ", "\nmacro_rules!", "\npub(crate)"]),
        (CodeLanguage.Rust, 3, ["\nfn ", "\nmatch ", " -> Result<", " -> Option<", "\nuse ", "\nmod ", "\npub ", "&str", "Some(", "::<", "'a", " -> Self"]),
        (CodeLanguage.Kotlin, 5, ["\nfun ", "\nval ", "\ndata class ", "\ncompanion object", "\noverride fun ", "\nprivate val ", "\nprivate fun ", "\nsuspend fun ", " by lazy", "\nsealed class ", "\nclass ", "?.let"]),
        (CodeLanguage.Kotlin, 1, ["\nvar ", "\nwhen (", ": Int", ": String", "\nobject ", "listOf("]),
        (CodeLanguage.Swift, 5, ["\nguard ", "\nimport Foundation", "\nimport UIKit", "\nimport SwiftUI", "\nextension ", "\nprotocol ", "\nif let ", "@State ", "\nlet ", "\ninit(", "\nmutating func", "\nfileprivate ", "some View"]),
        (CodeLanguage.Swift, 3, ["\nfunc ", "\nvar ", "\nprivate func ", "\npublic func ", "\nprivate let ", "\nprivate var ", "\npublic init", "\noverride func ", "\nstatic func ", "\nstatic let ", " -> Bool", " -> String", "self."]),
        (CodeLanguage.Swift, 1, [": Int", ": String", " ?? "]),
        (CodeLanguage.Php, 9, ["<?php", "$this->", "\n$"]),
        (CodeLanguage.Php, 5, ["\npublic function ", "\nprivate function ", "\nprotected function ", "\nuse App\\", "array(", "\nnamespace App\\", "(string $", "(array $", "(int $", ", string $", ", int $", "\nfunction __", " = $"]),
        (CodeLanguage.Python, 5, ["\nfrom ", "\nself.", "\nelif ", "\nasync def ", "(self", "\nexcept ", "\n\"\"\"", "__init__", "\nexcept:", "\nraise "]),
        (CodeLanguage.Python, 3, ["):\n", "\ndef ", "\nimport ", " None", " = True", "=True", "=False", "return True", "return False", " not in ", "\nwith ", " is not None", ":\n", " -> "]),
        (CodeLanguage.Ruby, 5, ["\nend\n", "\nmodule ", "\nrequire '", "\nrequire \"", "\nattr_", " do |", "\nelsif ", "\nclass << self", "\ndefmodule ", "\ndefp ", " do\n", "\n|> ", "\nunless ", "\nrescue"]),
        (CodeLanguage.Ruby, 3, ["\ndef ", "\nputs ", ".each ", "\ninclude ", " < ApplicationRecord", "\nprivate\n", ".nil?"]),
    ];

    /// <summary>Languages with braces, modifiers and types before names: reading one as the other finds nearly the same.</summary>
    private static bool AreAlike(CodeLanguage left, CodeLanguage right) =>
        left is CodeLanguage.CSharp or CodeLanguage.Java or CodeLanguage.C && right is CodeLanguage.CSharp or CodeLanguage.Java or CodeLanguage.C;

    public static CodeLanguage Of(IReadOnlyList<string> lines)
    {
        string sample = Sample(lines);
        int[] points = new int[Enum.GetValues<CodeLanguage>().Length];
        foreach ((CodeLanguage language, int each, string[] cues) in Cues)
        {
            foreach (string cue in cues) points[(int)language] += each * Count(sample, cue);
        }

        CodeLanguage best = (CodeLanguage)Array.IndexOf(points, points.Max());
        if (points[(int)best] < MinPoints) return CodeLanguage.Unknown;
        for (int i = 0; i < points.Length; i++)
        {
            if (i != (int)best && points[i] >= points[(int)best] * NearlyAsMany && !AreAlike(best, (CodeLanguage)i)) return CodeLanguage.Unknown;
        }

        return best;
    }

    /// <summary>The first lines without indentation, each between line ends.</summary>
    private static string Sample(IReadOnlyList<string> lines)
    {
        var sample = new StringBuilder("\n");
        for (int i = 0; i < lines.Count && sample.Length < MaxSample; i++)
        {
            ReadOnlySpan<char> line = lines[i].AsSpan().Trim();
            if (!line.IsEmpty) sample.Append(line[..Math.Min(line.Length, 400)]).Append('\n');
        }

        return sample.ToString();
    }

    private static int Count(string sample, string cue)
    {
        int count = 0;
        for (int at = sample.IndexOf(cue, StringComparison.Ordinal); at >= 0 && count < MaxCount; at = sample.IndexOf(cue, at + 1, StringComparison.Ordinal)) count++;
        return count;
    }
}
