// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerRoles} from "./LedgerRoles.sol";
import {Rfc9162} from "./lib/Rfc9162.sol";

/// @title Anchors of the registry log
/// @notice An append-only list of (size, root, time): each is proven, on chain, to extend the one before. A rewritten or
/// shortened log cannot be anchored here, whoever holds the anchorer's key.
abstract contract RegistryLog is LedgerRoles {
    /// @notice Most leaves that one call may add. It bounds what a stolen key can do to the log in one stroke: a huge
    /// bogus size would leave no room for honest anchors.
    uint64 public constant MAX_LEAVES_PER_ANCHOR = 1 << 20;

    /// @notice Time between announcing a retirement and its effect.
    uint64 public constant RETIREMENT_NOTICE = 7 days;

    /// @dev Everything `extendLog` asks about the past but the root, in one slot.
    struct Head {
        uint64 count;
        uint64 treeSize;
        uint64 retiresAt;
    }

    /// @dev An Anchor in two slots written once each: size in the lowest 64 bits, time in the next.
    struct Mark {
        uint256 sizeAndTime;
        bytes32 rootHash;
    }

    Head private _head;
    Retirement private _retirement;
    mapping(uint256 index => Mark) private _anchors;

    /// @dev On a chain without the precompile a call to address 2 succeeds and returns nothing: found out here, once.
    constructor() {
        if (sha256("") != Rfc9162.EMPTY_ROOT) revert Sha256Missing();
    }

    /// @notice Anchors the log at `newSize` leaves under `newRoot`. Caller: ANCHORER.
    /// @param oldSize Size of the last anchor, 0 for the first.
    /// @param newSize Larger than `oldSize`, by at most MAX_LEAVES_PER_ANCHOR. It is not authenticated by the proof:
    /// audit recomputes the tree.
    /// @param newRoot Root of the RFC 9162 tree over the first `newSize` commitments.
    /// @param proof Consistency proof of RFC 9162 section 2.1.4 from `oldSize` to `newSize`; empty when `oldSize` is 0.
    /// @dev Repeating the present size and root changes nothing and succeeds, so that a transaction sent twice (after a
    /// crash, or replaced with a higher fee) never fails.
    function extendLog(uint64 oldSize, uint64 newSize, bytes32 newRoot, bytes32[] calldata proof)
        external
        onlyRole(ANCHORER)
    {
        Head memory head = _head;
        bytes32 root = head.count == 0 ? Rfc9162.EMPTY_ROOT : _anchors[head.count - 1].rootHash;
        if (newSize == head.treeSize && newRoot == root) return;
        _requireInService(head.retiresAt);
        if (oldSize != head.treeSize) revert LogSizeMismatch(head.treeSize, oldSize);
        if (newSize <= oldSize) revert LogDidNotGrow(oldSize, newSize);
        if (newSize - oldSize > MAX_LEAVES_PER_ANCHOR) {
            revert TooManyLeaves(newSize - oldSize, MAX_LEAVES_PER_ANCHOR);
        }
        if (!Rfc9162.verifyConsistency(oldSize, newSize, root, newRoot, proof)) revert InvalidConsistencyProof();
        _anchors[head.count] = Mark(newSize | block.timestamp << 64, newRoot);
        _head = Head(head.count + 1, newSize, head.retiresAt);
        emit LogExtended(head.count, newSize, newRoot);
    }

    /// @notice Announces that this contract will be succeeded: the way out when a stolen anchorer's key has anchored
    /// rubbish, after which the true log cannot be anchored here. Once, for good. Caller: the admin.
    /// @param successor The next contract: the registry descriptor will name this one as its predecessor.
    /// @param lastGoodAnchor The last anchor that is of the true log: those after it prove nothing.
    /// @dev Effective after RETIREMENT_NOTICE, so that everybody sees it coming; from then on nothing is anchored or
    /// opened here. Stages may still close, against anchors that are there.
    function retire(address successor, uint256 lastGoodAnchor) external onlyRole(DEFAULT_ADMIN_ROLE) {
        if (successor == address(0) || successor == address(this)) revert InvalidSuccessor(successor);
        if (_head.retiresAt != 0) revert AlreadyRetiring(_head.retiresAt);
        if (lastGoodAnchor >= _head.count) revert UnknownAnchor(lastGoodAnchor, _head.count);
        uint64 time = uint64(block.timestamp);
        _head.retiresAt = time + RETIREMENT_NOTICE;
        _retirement = Retirement(successor, uint64(lastGoodAnchor), time, time + RETIREMENT_NOTICE);
        emit RetirementAnnounced(successor, lastGoodAnchor, time + RETIREMENT_NOTICE);
    }

    /// @notice The retirement announced; all zero while there is none.
    function retirement() external view returns (Retirement memory) {
        return _retirement;
    }

    /// @notice Number of anchors.
    function anchorCount() public view returns (uint256) {
        return _head.count;
    }

    /// @notice Anchor number `index`, from 0: `{treeSize, time, rootHash}`. Refuses an index that does not exist.
    function anchorAt(uint256 index) public view returns (Anchor memory anchor) {
        (anchor.treeSize, anchor.time) = _anchorHead(index);
        anchor.rootHash = _anchors[index].rootHash;
    }

    /// @notice The last anchor. Refuses while there is none.
    function latestAnchor() external view returns (Anchor memory) {
        return anchorAt(_latestAnchorIndex());
    }

    /// @notice Is `commitment` entry number `index` of the log, as anchored by anchor `anchorIndex`?
    /// @dev Against a stored anchor, never a root from the caller: who may choose the root can prove anything.
    function verifyInclusion(bytes32 commitment, uint64 index, uint256 anchorIndex, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        Anchor memory anchor = anchorAt(anchorIndex);
        bytes32 leaf = Rfc9162.leafHash(commitment);
        return Rfc9162.verifyInclusion(leaf, index, anchor.treeSize, anchor.rootHash, proof);
    }

    /// @dev Refuses while there is no anchor.
    function _latestAnchorIndex() internal view returns (uint256) {
        uint256 count = _head.count;
        if (count == 0) revert UnknownAnchor(0, 0);
        return count - 1;
    }

    /// @dev Size and time of an anchor, without its root: one slot. Refuses an index that does not exist.
    function _anchorHead(uint256 index) internal view returns (uint64 treeSize, uint64 time) {
        uint256 word = _anchors[index].sizeAndTime;
        (treeSize, time) = (uint64(word), uint64(word >> 64));
        if (time == 0) revert UnknownAnchor(index, _head.count);
    }

    function _requireInService() internal view {
        _requireInService(_head.retiresAt);
    }

    function _requireInService(uint64 retiresAt) private view {
        if (retiresAt != 0 && block.timestamp >= retiresAt) revert Retired(retiresAt);
    }
}
