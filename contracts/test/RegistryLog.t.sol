// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {LedgerTypes} from "../LedgerTypes.sol";
import {TestBase} from "./TestBase.sol";

contract RegistryLogTest is TestBase {
    bytes32[] private none;

    function test_first_anchor_needs_no_proof() public {
        anchor(0, 7);
        vm.assertEq(ledger.anchorCount(), 1);
        LedgerTypes.Anchor memory first = ledger.anchorAt(0);
        vm.assertEq(first.treeSize, 7);
        vm.assertEq(first.time, START);
        vm.assertEq(first.rootHash, tree.root(commitments(7)));
    }

    function test_first_anchor_refuses_a_superfluous_proof() public {
        bytes32[] memory proof = new bytes32[](1);
        vm.prank(ANCHORER);
        vm.expectRevert(LedgerTypes.InvalidConsistencyProof.selector);
        ledger.extendLog(0, 7, NOTICE, proof);
    }

    /// @dev Every pair of sizes to 18: powers of two, one below, one above.
    function test_every_small_extension_is_accepted() public {
        for (uint64 oldSize = 1; oldSize < 18; oldSize++) {
            for (uint64 newSize = oldSize + 1; newSize <= 18; newSize++) {
                setUp();
                anchor(0, oldSize);
                anchor(oldSize, newSize);
                vm.assertEq(ledger.latestAnchor().treeSize, newSize);
            }
        }
    }

    function test_repeating_the_anchor_changes_nothing() public {
        anchor(0, 3);
        anchor(3, 5);
        bytes32 root = tree.root(commitments(5));
        bytes32[] memory proof = tree.consistency(commitments(5), 3);
        vm.warp(START + 60);
        vm.startPrank(ANCHORER);
        ledger.extendLog(3, 5, root, proof);
        ledger.extendLog(5, 5, root, none);
        vm.assertEq(ledger.anchorCount(), 2);
        vm.assertEq(ledger.latestAnchor().time, START);
    }

    function test_no_anchor_of_the_empty_log() public {
        vm.prank(ANCHORER);
        ledger.extendLog(0, 0, EMPTY, none);
        vm.assertEq(ledger.anchorCount(), 0);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.UnknownAnchor.selector, 0, 0));
        ledger.latestAnchor();
    }

    function test_refuses_another_root_of_the_same_size() public {
        anchor(0, 3);
        vm.prank(ANCHORER);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.LogDidNotGrow.selector, 3, 3));
        ledger.extendLog(3, 3, NOTICE, none);
    }

    function test_refuses_another_old_size() public {
        anchor(0, 3);
        vm.prank(ANCHORER);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.LogSizeMismatch.selector, 3, 2));
        ledger.extendLog(2, 5, NOTICE, none);
    }

    function test_refuses_a_shorter_log() public {
        anchor(0, 3);
        vm.prank(ANCHORER);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.LogDidNotGrow.selector, 3, 2));
        ledger.extendLog(3, 2, NOTICE, none);
    }

    function test_refuses_more_leaves_than_a_call_may_add() public {
        uint64 most = ledger.MAX_LEAVES_PER_ANCHOR();
        vm.startPrank(ANCHORER);
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.TooManyLeaves.selector, most + 1, most));
        ledger.extendLog(0, most + 1, NOTICE, none);
        ledger.extendLog(0, most, NOTICE, none);
        vm.assertEq(ledger.latestAnchor().treeSize, most);
    }

    function test_only_the_anchorer_anchors() public {
        address[4] memory others = [ADMIN, REGISTRAR, REVIEWER, address(0xBAD)];
        bytes32 role = ledger.ANCHORER();
        for (uint256 i = 0; i < others.length; i++) {
            vm.prank(others[i]);
            vm.expectRevert(
                abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, others[i], role)
            );
            ledger.extendLog(0, 1, NOTICE, none);
        }
    }

    function test_consistency_is_exact_at_large_sizes() public {
        anchor(0, 255);
        anchor(255, 256);
        anchor(256, 257);
        anchor(257, 400);
        vm.assertEq(ledger.anchorCount(), 4);
    }

    function testFuzz_extension(uint64 oldSize, uint64 added) public {
        oldSize = 1 + (oldSize % 64);
        added = 1 + (added % 64);
        anchor(0, oldSize);
        anchor(oldSize, oldSize + added);
        vm.assertEq(ledger.anchorCount(), 2);
    }

    /// @dev A log in which one already anchored commitment was exchanged cannot be anchored, with its own best proof.
    function testFuzz_a_rewritten_log_is_refused(uint64 oldSize, uint64 added, uint64 victim) public {
        oldSize = 1 + (oldSize % 64);
        added = 1 + (added % 64);
        anchor(0, oldSize);
        bytes32[] memory leaves = commitments(oldSize + added);
        leaves[victim % oldSize] = sha256("forged");
        _refuse(oldSize, oldSize + added, tree.root(leaves), tree.consistency(leaves, oldSize));
    }

    function testFuzz_a_damaged_proof_is_refused(uint64 oldSize, uint64 added, uint256 where, uint8 how) public {
        oldSize = 1 + (oldSize % 64);
        added = 1 + (added % 64);
        anchor(0, oldSize);
        bytes32[] memory leaves = commitments(oldSize + added);
        bytes32[] memory proof = tree.consistency(leaves, oldSize);
        _refuse(oldSize, oldSize + added, tree.root(leaves), _damage(proof, where, how));
    }

    function testFuzz_inclusion(uint64 size, uint64 index) public {
        size = 1 + (size % 100);
        index = index % size;
        anchor(0, size);
        bytes32[] memory proof = tree.inclusion(commitments(size), index);
        vm.assertTrue(ledger.verifyInclusion(commitment(index), index, 0, proof));
        vm.assertFalse(ledger.verifyInclusion(sha256("forged"), index, 0, proof));
        vm.assertFalse(ledger.verifyInclusion(commitment(index), index + size, 0, proof));
        if (size > 1) vm.assertFalse(ledger.verifyInclusion(commitment(index), (index + 1) % size, 0, proof));
    }

    function testFuzz_a_damaged_inclusion_proof_is_refused(uint64 size, uint64 index, uint256 where, uint8 how) public {
        size = 1 + (size % 100);
        index = index % size;
        anchor(0, size);
        bytes32[] memory proof = _damage(tree.inclusion(commitments(size), index), where, how);
        vm.assertFalse(ledger.verifyInclusion(commitment(index), index, 0, proof));
    }

    /// @dev A node of the tree shown as a commitment: the prefixes 0x00 and 0x01 keep them apart.
    function test_a_node_is_no_commitment() public {
        anchor(0, 4);
        bytes32[] memory leaves = commitments(2);
        bytes32[] memory proof = new bytes32[](1);
        bytes32[] memory right = new bytes32[](2);
        (right[0], right[1]) = (commitment(2), commitment(3));
        proof[0] = tree.root(right);
        vm.assertFalse(ledger.verifyInclusion(tree.root(leaves), 0, 0, proof));
    }

    function test_inclusion_needs_an_anchor() public {
        vm.expectRevert(abi.encodeWithSelector(LedgerTypes.UnknownAnchor.selector, 0, 0));
        ledger.verifyInclusion(NOTICE, 0, 0, none);
    }

    function _refuse(uint64 oldSize, uint64 newSize, bytes32 root, bytes32[] memory proof) private {
        vm.prank(ANCHORER);
        vm.expectRevert(LedgerTypes.InvalidConsistencyProof.selector);
        ledger.extendLog(oldSize, newSize, root, proof);
        vm.assertEq(ledger.anchorCount(), 1);
    }

    /// @dev One bit turned, one node too many, or one too few (one too many where there is none to take).
    function _damage(bytes32[] memory proof, uint256 where, uint8 how) private pure returns (bytes32[] memory damaged) {
        if (how % 3 == 0 && proof.length > 0) {
            proof[where % proof.length] ^= bytes32(1 << (where % 256));
            return proof;
        }
        bool shorter = how % 3 == 1 && proof.length > 0;
        damaged = new bytes32[](shorter ? proof.length - 1 : proof.length + 1);
        for (uint256 i = 0; i < damaged.length && i < proof.length; i++) damaged[i] = proof[i];
    }
}
