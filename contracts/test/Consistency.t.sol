// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Rfc9162} from "../lib/Rfc9162.sol";
import {TestBase} from "./TestBase.sol";

/// @dev The verifier alone, so that every size can be claimed.
contract Verifier {
    function consistent(uint256 oldSize, uint256 newSize, bytes32 oldRoot, bytes32 newRoot, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        return Rfc9162.verifyConsistency(uint64(oldSize), uint64(newSize), oldRoot, newRoot, proof);
    }
}

/// @dev Roots and proofs of every prefix of one log of 2^12 commitments, from the hashes of its whole subtrees, made once.
contract PrefixTree {
    uint256 public constant MOST = 4096;
    bytes32[] private _leaves;
    mapping(uint256 from => mapping(uint256 size => bytes32)) private _whole;

    constructor(bytes32[] memory commitments) {
        for (uint256 i = 0; i < MOST; i++) _whole[i][1] = sha256(bytes.concat(hex"00", commitments[i]));
        for (uint256 size = 2; size <= MOST; size *= 2) {
            for (uint256 i = 0; i < MOST; i += size) {
                _whole[i][size] = _node(_whole[i][size / 2], _whole[i + size / 2][size / 2]);
            }
        }
    }

    function root(uint256 size) external view returns (bytes32) {
        return _root(0, size);
    }

    /// @dev PROOF, RFC 9162 section 2.1.4.1.
    function proof(uint256 oldSize, uint256 newSize) external view returns (bytes32[] memory list) {
        list = new bytes32[](14);
        uint256 length = _subproof(oldSize, 0, newSize, true, list);
        assembly {
            mstore(list, length)
        }
    }

    /// @dev What a verifier can learn of the sizes from a path: its length, whether it begins with a seed, and on which side
    /// each node stands. Two new sizes with the same shape cannot be told apart.
    function shape(uint256 oldSize, uint256 newSize) external pure returns (uint256) {
        return _shape(oldSize, newSize, true);
    }

    function _shape(uint256 m, uint256 n, bool complete) private pure returns (uint256) {
        if (m == n) return complete ? 4 : 5;
        uint256 k = _split(n);
        return m <= k ? _shape(m, k, complete) * 4 + 1 : _shape(m - k, n - k, false) * 4 + 2;
    }

    function _subproof(uint256 m, uint256 from, uint256 size, bool complete, bytes32[] memory list)
        private
        view
        returns (uint256 length)
    {
        if (m == size) {
            if (complete) return 0;
            list[0] = _root(from, size);
            return 1;
        }
        uint256 k = _split(size);
        if (m <= k) {
            length = _subproof(m, from, k, complete, list);
            list[length] = _root(from + k, size - k);
        } else {
            length = _subproof(m - k, from + k, size - k, false, list);
            list[length] = _root(from, k);
        }
        return length + 1;
    }

    function _root(uint256 from, uint256 size) private view returns (bytes32) {
        if (size & (size - 1) == 0) return _whole[from][size];
        uint256 k = _split(size);
        return _node(_whole[from][k], _root(from + k, size - k));
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return sha256(bytes.concat(hex"01", left, right));
    }

    function _split(uint256 n) private pure returns (uint256 k) {
        k = 1;
        while (k * 2 < n) k *= 2;
    }
}

interface Environment {
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory);
}

/// @dev Consistency proofs, honest and mutated. `FOUNDRY_PROFILE=exhaustive` tries every pair of sizes.
contract ConsistencyTest is TestBase {
    Verifier private verifier;
    PrefixTree private prefix;

    function setUp() public override {
        super.setUp();
        verifier = new Verifier();
        prefix = new PrefixTree(commitments(4096));
    }

    function _most() private view returns (uint256) {
        string memory profile = Environment(address(vm)).envOr("FOUNDRY_PROFILE", string("default"));
        return keccak256(bytes(profile)) == keccak256("exhaustive") ? prefix.MOST() : 80;
    }

    /// @dev The oracle of this file agrees with the literal one.
    function test_the_prefix_tree_is_the_naive_one() public view {
        for (uint256 size = 1; size <= 70; size++) {
            bytes32[] memory leaves = commitments(size);
            vm.assertEq(prefix.root(size), tree.root(leaves));
            bytes32[] memory own = prefix.proof(1 + size / 3, size);
            bytes32[] memory naive = tree.consistency(leaves, 1 + size / 3);
            vm.assertEq(keccak256(abi.encode(own)), keccak256(abi.encode(naive)));
        }
    }

    function test_every_honest_pair_is_accepted() public view {
        uint256 most = _most();
        for (uint256 newSize = 1; newSize <= most; newSize++) {
            for (uint256 oldSize = 1; oldSize <= newSize; oldSize++) this.accept(oldSize, newSize);
        }
    }

    function testFuzz_an_honest_pair_to_4096_is_accepted(uint256 oldSize, uint256 newSize) public view {
        (oldSize, newSize) = _pair(oldSize, newSize);
        this.accept(oldSize, newSize);
    }

    /// @dev One bit of either root, or of any node of the path; a node too few or too many, anywhere; two nodes exchanged.
    function testFuzz_a_mutated_root_or_path_is_refused(uint256 oldSize, uint256 newSize, uint256 bit) public view {
        (oldSize, newSize) = _pair(oldSize, newSize);
        bytes32 flip = bytes32(1 << (bit % 256));
        (bytes32 oldRoot, bytes32 newRoot) = (prefix.root(oldSize), prefix.root(newSize));
        bytes32[] memory path = prefix.proof(oldSize, newSize);
        vm.assertFalse(verifier.consistent(oldSize, newSize, oldRoot ^ flip, newRoot, path));
        vm.assertFalse(verifier.consistent(oldSize, newSize, oldRoot, newRoot ^ flip, path));
        vm.assertFalse(verifier.consistent(oldSize, newSize, newRoot ^ flip, oldRoot, path));
        for (uint256 i = 0; i <= path.length; i++) {
            vm.assertFalse(verifier.consistent(oldSize, newSize, oldRoot, newRoot, _with(path, i, flip)));
            if (i == path.length) break;
            vm.assertFalse(verifier.consistent(oldSize, newSize, oldRoot, newRoot, _without(path, i)));
            path[i] ^= flip;
            vm.assertFalse(verifier.consistent(oldSize, newSize, oldRoot, newRoot, path));
            path[i] ^= flip;
            if (i == 0) continue;
            (path[i], path[i - 1]) = (path[i - 1], path[i]);
            vm.assertFalse(verifier.consistent(oldSize, newSize, oldRoot, newRoot, path));
            (path[i], path[i - 1]) = (path[i - 1], path[i]);
        }
    }

    function testFuzz_another_old_size_is_refused(uint256 oldSize, uint256 newSize, uint256 claimed) public view {
        (oldSize, newSize) = _pair(oldSize, newSize);
        claimed = claimed % (newSize + 2);
        if (oldSize == newSize || claimed == oldSize) return;
        this.claim(claimed, newSize, oldSize, newSize, false);
    }

    /// @dev Every old size claimed for every small pair.
    function test_every_other_old_size_is_refused() public view {
        for (uint256 newSize = 2; newSize <= 24; newSize++) {
            for (uint256 oldSize = 1; oldSize < newSize; oldSize++) {
                for (uint256 claimed = 0; claimed <= newSize + 1; claimed++) {
                    if (claimed != oldSize) this.claim(claimed, newSize, oldSize, newSize, false);
                }
            }
        }
    }

    /// @dev Another new size is refused exactly where its path would have another shape. Where it would not, the proof
    /// verifies: nothing in it depends on the size, and audit must recompute the tree.
    function testFuzz_another_new_size_is_refused_where_it_shows(uint256 oldSize, uint256 newSize, uint256 claimed)
        public
        view
    {
        (oldSize, newSize) = _pair(oldSize, newSize);
        claimed = oldSize + 1 + claimed % (2 * (newSize - oldSize) + 2);
        if (oldSize == newSize) return;
        this.claim(oldSize, claimed, oldSize, newSize, prefix.shape(oldSize, claimed) == prefix.shape(oldSize, newSize));
    }

    /// @dev The smallest case: from 2 leaves to 3 the path is leaf 2; the same path "proves" a tree of 4.
    function test_a_proof_does_not_authenticate_the_new_size() public {
        vm.assertEq(prefix.shape(2, 3), prefix.shape(2, 4));
        bytes32 root = prefix.root(3);
        bytes32[] memory path = prefix.proof(2, 3);
        anchor(0, 2);
        vm.prank(ANCHORER);
        ledger.extendLog(2, 4, root, path);
        vm.assertEq(ledger.latestAnchor().treeSize, 4);
    }

    /// @dev External, so that the memory of one pair is given back before the next.
    function accept(uint256 oldSize, uint256 newSize) external view {
        bytes32[] memory path = prefix.proof(oldSize, newSize);
        vm.assertTrue(verifier.consistent(oldSize, newSize, prefix.root(oldSize), prefix.root(newSize), path));
    }

    /// @dev The honest roots and path of (oldSize, newSize) under claimed sizes.
    function claim(uint256 claimedOld, uint256 claimedNew, uint256 oldSize, uint256 newSize, bool accepted) external view {
        bytes32[] memory path = prefix.proof(oldSize, newSize);
        bytes32 oldRoot = prefix.root(oldSize);
        bytes32 newRoot = prefix.root(newSize);
        vm.assertTrue(verifier.consistent(claimedOld, claimedNew, oldRoot, newRoot, path) == accepted);
    }

    function _pair(uint256 oldSize, uint256 newSize) private pure returns (uint256, uint256) {
        newSize = 1 + newSize % 4096;
        return (1 + oldSize % newSize, newSize);
    }

    function _with(bytes32[] memory list, uint256 place, bytes32 node) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < longer.length; i++) longer[i] = i < place ? list[i] : i == place ? node : list[i - 1];
    }

    function _without(bytes32[] memory list, uint256 place) private pure returns (bytes32[] memory shorter) {
        shorter = new bytes32[](list.length - 1);
        for (uint256 i = 0; i < shorter.length; i++) shorter[i] = i < place ? list[i] : list[i + 1];
    }
}
