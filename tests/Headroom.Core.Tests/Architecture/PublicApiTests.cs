namespace Headroom.Architecture;

public sealed class PublicApiTests
{
    /// <summary>HEADROOM_ACCEPT=1 rewrites the approved file; a change of it is a change users see and belongs in the changelog.</summary>
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        Assert.Null(PublicApi.DifferenceFromApproved(typeof(ContextItem).Assembly, "tests/Headroom.Core.Tests/PublicApi.approved.txt"));
    }
}
