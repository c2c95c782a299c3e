using Headroom.Internal.Lines;

namespace Headroom.Compressors.Traces;

/// <summary>Chooses the lines of traces that stay visible: messages and causes, what the question names, the own code, the top of each stack.</summary>
internal static class TraceSelector
{
    private const int Message = 85, Asked = 80, OwnFrame = 60, TopFrame = 50, Code = 45, Framework = 5;

    /// <summary>The frames of a stack nearest to where it went wrong.</summary>
    private const int TopFrames = 3;

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
                own = !ForeignCode.IsIn(lines[i]);
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
