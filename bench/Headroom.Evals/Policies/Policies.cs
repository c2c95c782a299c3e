using Headroom.Cli.Transcripts;
using Headroom.Tokens;

namespace Headroom.Evals.Policies;

/// <summary>Everything is sent as it is.</summary>
internal sealed class UntouchedPolicy() : ContextPolicy("as recorded")
{
    public override Task<string[]> SendAsync(RecordedSession session, int request) => Task.FromResult(AsRecorded(session, request));
}

/// <summary>Headroom: every result is decided on when it is first sent.</summary>
internal sealed class HeadroomPolicy(string name, HeadroomOptions options) : ContextPolicy(name)
{
    private static readonly ConversationContext Context = new() { CanRetrieve = true, HoldsOriginals = true };

    private readonly ConversationCompressor _compressor = new(options);

    public override async Task<string[]> SendAsync(RecordedSession session, int request)
    {
        string[] sent = AsRecorded(session, request);
        int[] texts = [.. Enumerable.Range(0, sent.Length).Where(i => session.Parts[i].Kind is RecordedPartKind.Text or RecordedPartKind.Result)];
        IReadOnlyList<ItemOutcome> outcomes = await _compressor.CompressAsync([.. texts.Select(i => session.Parts[i].Item)], Context);
        for (int i = 0; i < texts.Length; i++) sent[texts[i]] = outcomes[i].Text;
        return sent;
    }
}

/// <summary>Headroom's own forms, but a result is first sent whole, and in its smaller form from the next request on.</summary>
internal sealed class OneTurnLaterPolicy(string name, HeadroomOptions options) : ContextPolicy(name)
{
    private readonly HeadroomPolicy _policy = new("", options);

    public override async Task<string[]> SendAsync(RecordedSession session, int request)
    {
        string[] sent = await _policy.SendAsync(session, request), whole = AsRecorded(session, request);
        int known = request == 0 ? 0 : session.Requests[request - 1].Count;
        for (int i = known; i < sent.Length; i++) sent[i] = whole[i];
        return sent;
    }
}

/// <summary>All but the last so many results become a few words, in every request anew.</summary>
internal sealed class SlidingMaskPolicy(int keep) : ContextPolicy($"sliding mask, the last {keep} results kept")
{
    private const string Mask = "[older output omitted]";

    public override Task<string[]> SendAsync(RecordedSession session, int request)
    {
        string[] sent = AsRecorded(session, request);
        int results = 0;
        for (int i = sent.Length - 1; i >= 0; i--)
        {
            if (session.Parts[i].Kind == RecordedPartKind.Result && ++results > keep) sent[i] = Mask;
        }

        return Task.FromResult(sent);
    }
}

/// <summary>Results over so many tokens keep half of them at the beginning and half at the end, from the first request on.</summary>
internal sealed class HeadTailPolicy(int tokens) : ContextPolicy($"head and tail, {tokens:N0} tokens a result")
{
    public override Task<string[]> SendAsync(RecordedSession session, int request)
    {
        string[] sent = AsRecorded(session, request);
        for (int i = 0; i < sent.Length; i++)
        {
            if (session.Parts[i].Kind == RecordedPartKind.Result) sent[i] = Cut(sent[i]);
        }

        return Task.FromResult(sent);
    }

    private string Cut(string text)
    {
        int all = O200kTokenCounter.Instance.Count(text);
        if (all <= tokens) return text;
        int half = (int)(text.Length * (tokens / 2.0) / all);
        return $"{text[..half]}\n[output truncated]\n{text[^half..]}";
    }
}
