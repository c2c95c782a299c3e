namespace Headroom.Routing;

/// <summary>A reformatted candidate with its route and its token count.</summary>
internal sealed record Proposal(ContentRoute Route, ReformattedCandidate Candidate, int Tokens);
