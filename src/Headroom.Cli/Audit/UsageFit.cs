using Headroom.Cli.Transcripts;

namespace Headroom.Cli.Audit;

/// <summary>
/// How reported input relates to counted text, found from a conversation that has both: <c>reported = scale × (hidden + counted)</c>. What is
/// hidden is sent with every request and stands in no transcript: system prompts, tool declarations.
/// </summary>
/// <param name="Scale">Tokens of the provider for one that is counted.</param>
/// <param name="Hidden">Tokens before everything recorded, as Headroom would count them.</param>
/// <param name="IsFitted">Whether both come from reported usage; otherwise the scale is what is known of the model, and nothing is taken to be hidden.</param>
internal sealed record UsageFit(double Scale, int Hidden, bool IsFitted)
{
    /// <summary>A smaller growth is mostly message frames: too little to tell a tokenizer by.</summary>
    private const long LeastGrowth = 1_000;

    /// <summary>No tokenizer of a current model differs more than this from the one counted with; beyond it something unseen grew.</summary>
    private const double LowestScale = 0.7, HighestScale = 2.5;

    /// <summary>Fewer tokens are frames of messages, not a prompt.</summary>
    private const int LeastHidden = 100;

    /// <summary>Fits a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="parts">Counts its parts.</param>
    /// <param name="modelScale">The scale to take where the requests grow too little to tell.</param>
    public static UsageFit Of(RecordedConversation conversation, AuditedParts parts, double modelScale)
    {
        List<(long Counted, long Reported, bool GoesOn)> seen = [];
        IReadOnlyList<RecordedMessage>? history = null;
        int count = 0;
        long counted = 0;
        foreach (RecordedRequest request in conversation.Requests.Where(r => r.Usage is not null))
        {
            bool goesOn = ReferenceEquals(history, request.History);
            if (!goesOn) (history, count, counted) = (request.History, 0, 0);
            for (; count < request.Count; count++) counted += parts.Of(request.History[count]).Sum(p => (long)p.Block.Tokens);
            seen.Add((counted + request.Tools.Sum(t => (long)parts.Tool(t).Tokens), request.Usage!.Value.Counts.Input, goesOn));
        }

        return Of(seen, modelScale);
    }

    /// <summary>Fits.</summary>
    /// <param name="requests">Counted and reported input of each request with usage, and whether its history goes on from the one before it here.</param>
    /// <param name="modelScale">The scale to take where the requests grow too little to tell.</param>
    public static UsageFit Of(IReadOnlyList<(long Counted, long Reported, bool GoesOn)> requests, double modelScale)
    {
        if (requests.Count == 0) return new UsageFit(modelScale, 0, false);
        long counted = 0, reported = 0;
        for (int i = 1; i < requests.Count; i++)
        {
            long more = requests[i].Counted - requests[i - 1].Counted, moreReported = requests[i].Reported - requests[i - 1].Reported;
            if (!requests[i].GoesOn || more <= 0 || moreReported <= 0) continue;
            (counted, reported) = (counted + more, reported + moreReported);
        }

        double scale = counted >= LeastGrowth ? Math.Clamp((double)reported / counted, LowestScale, HighestScale) : modelScale;
        double hidden = requests[0].Reported / scale - requests[0].Counted;
        return new UsageFit(scale, hidden >= LeastHidden ? (int)Math.Round(hidden) : 0, true);
    }
}
