using System.Buffers;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Traces;

/// <summary>Chooses the lines of traces that stay visible: messages and causes, what the question names, the own code, the top of each stack.</summary>
internal static class TraceSelector
{
    private const int Message = 85, Asked = 80, OwnFrame = 60, TopFrame = 50, Code = 45, Framework = 5;

    /// <summary>The frames of a stack nearest to where it went wrong.</summary>
    private const int TopFrames = 3;

    /// <summary>Places and names of code that came with the runtime or a package.</summary>
    private static readonly SearchValues<string> Foreign = SearchValues.Create(
        [
            " java.", " javax.", " jdk.", " sun.", " com.sun.", "java.base/", " org.junit.", " org.apache.", " org.springframework.", " org.hibernate.", " org.eclipse.", " io.netty.", " org.jboss.", " scala.", " kotlin.", " clojure.",
            " groovy.", " org.codehaus.", " org.gradle.", " com.google.common.", " System.", " Microsoft.", " Xunit.", " NUnit.", "site-packages", "dist-packages", "/lib/python", "<frozen ", "node_modules", "node:internal", "(internal/",
            "/rustc/", " core::", " std::", "/usr/local/go/", "/go/pkg/mod/", "libc", "libpthread", "_start", "/sysdeps/", "<anonymous>",
        ],
        StringComparison.Ordinal);

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        string[] lines = LineSelection.LinesOf(request.Text);
        int[] matches = new QuestionTerms(request.Question).Matches(lines);
        var interest = new int[lines.Length];
        int depth = 0;
        bool own = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            if (TraceCompressor.IsFrameLike(lines[i]))
            {
                own = !lines[i].AsSpan().ContainsAny(Foreign);
                interest[i] = own ? OwnFrame : depth < TopFrames ? TopFrame : Framework;
                depth++;
            }
            else if (lines[i][0] is ' ' or '\t' && depth > 0) interest[i] = own ? Code : Framework;
            else
            {
                interest[i] = Message;
                depth = 0;
            }

            if (matches[i] > 0) interest[i] = Math.Max(interest[i], Asked);
        }

        return LineSelection.Select(lines, interest, budget, (first, last) => Phrase(lines, first, last));
    }

    private static string Phrase(string[] lines, int first, int last)
    {
        int frames = 0;
        var places = new TopNames();
        for (int i = first; i <= last; i++)
        {
            if (!TraceCompressor.IsFrameLike(lines[i])) continue;
            frames++;
            string frame = lines[i].Trim();
            if (frame.StartsWith("at ", StringComparison.Ordinal)) places.Add(Package(frame[3..]));
        }

        string names = places.ToString();
        return frames == 0 ? "" : names.Length == 0 ? "library frames" : "frames of " + names;
    }

    /// <summary>The first two parts of a qualified name.</summary>
    private static string Package(string frame)
    {
        int end = frame.AsSpan().IndexOfAny('(', ' ', '/');
        string name = end < 0 ? frame : frame[..end];
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        int second = dot < 0 ? -1 : name.IndexOf('.', dot + 1);
        return second < 0 ? "" : name[..second];
    }
}
